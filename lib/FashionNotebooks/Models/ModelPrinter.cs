namespace FashionNotebooks;

/// <summary>Writes a module as PyTorch prints it, for the layers that convolutional networks are made of.</summary>
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
        Conv2d conv => Arguments(conv),
        AvgPool2d pool => $"{Window(pool.kernel_size, pool.stride, pool.padding)}",
        MaxPool2d pool => $"{Window(pool.kernel_size, pool.stride, pool.padding)}, "
            + $"dilation={Size(pool.dilation ?? [1])}, ceil_mode={pool.ceil_mode}",
        Linear linear => $"in_features={linear.in_features}, out_features={linear.out_features}, "
            + $"bias={linear.bias is not null}",
        ReLU { inplace: true } => "inplace=True",
        Dropout dropout => FormattableString.Invariant($"p={dropout.p}, inplace={dropout.inplace}"),
        Flatten flatten => $"start_dim={flatten.start_dim}, end_dim={flatten.end_dim}",
        _ => "",
    };

    private static string Arguments(Conv2d conv)
    {
        string padding = conv.padding_type == Padding.Same ? ", padding=same" : Unless(0, "padding", conv.padding);
        string groups = conv.groups == 1 ? "" : $", groups={conv.groups}";
        string bias = conv.bias is null ? ", bias=False" : "";
        string mode = conv.padding_mode == PaddingModes.Zeros ? ""
            : $", padding_mode={conv.padding_mode.ToString().ToLowerInvariant()}";
        return $"{conv.in_channels}, {conv.out_channels}, kernel_size={Pair(conv.kernel_size)}, "
            + $"stride={Pair(conv.stride)}{padding}{Unless(1, "dilation", conv.dilation)}{groups}{bias}{mode}";
    }

    // Without a stride, windows stand side by side.
    private static string Window(long[] kernel, long[]? stride, long[]? padding) =>
        $"kernel_size={Size(kernel)}, stride={Size(stride ?? kernel)}, padding={Size(padding ?? [0])}";

    private static string Unless(long usual, string name, long[]? values) =>
        values is null || values.All(value => value == usual) ? "" : $", {name}={Pair(values)}";

    private static string Pair(long[] values) => $"({values[0]}, {values[^1]})";

    private static string Size(long[] values) =>
        values.Distinct().Count() == 1 ? values[0].ToString(CultureInfo.InvariantCulture) : Pair(values);
}
