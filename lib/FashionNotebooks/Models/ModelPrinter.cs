using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Writes a module as PyTorch prints it, for the layers of the notebooks.</summary>
public static class ModelPrinter
{
    /// <summary>The module and all modules in it, each with its settings, if it is of a kind known here.</summary>
    public static string Print(nn.Module module) => Print(module, indent: "");

    private static string Print(nn.Module module, string indent)
    {
        IEnumerable<string> lines = module.named_children()
            .Select(entry => $"\n{indent}  ({entry.name}): {Print(entry.module, indent + "  ")}");
        string inside = lines.Any() ? $"{string.Concat(lines)}\n{indent}" : Arguments(module);
        return $"{module.GetType().Name}({inside})";
    }

    private static string Arguments(nn.Module module) => module switch
    {
        Conv2d conv => $"{conv.in_channels}, {conv.out_channels}, kernel_size={Pair(conv.kernel_size)}, "
            + $"stride={Pair(conv.stride)}{Unless(0, "padding", conv.padding)}{Unless(1, "dilation", conv.dilation)}"
            + (conv.bias is null ? ", bias=False" : ""),
        AvgPool2d pool => $"kernel_size={Size(pool.kernel_size)}, stride={Size(pool.stride)}, "
            + $"padding={Size(pool.padding ?? [0])}",
        Linear linear => $"in_features={linear.in_features}, out_features={linear.out_features}, "
            + $"bias={(linear.bias is null ? "False" : "True")}",
        _ => "",
    };

    private static string Unless(long usual, string name, long[]? values) =>
        values is null || values.All(value => value == usual) ? "" : $", {name}={Pair(values)}";

    private static string Pair(long[] values) => $"({values[0]}, {values[^1]})";

    private static string Size(long[] values) =>
        values.Distinct().Count() == 1 ? values[0].ToString(CultureInfo.InvariantCulture) : Pair(values);
}
