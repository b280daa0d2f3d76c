namespace FashionNotebooks;

/// <summary>Writes a module as PyTorch prints it.</summary>
public static class ModelPrinter
{
    /// <summary>
    /// The module and all modules in it, each with its settings: <c>kernel_size=2</c> where all sizes are equal, and
    /// "..." for layers that are rare with images, such as recurrent ones.
    /// </summary>
    public static string Print(nn.Module module) => Print(module, indent: "");

    /// <summary>The name of its class, in which a list of modules does not say of which.</summary>
    internal static string TypeName(nn.Module module) => module.GetType().Name.Split('`')[0];

    private static string Print(nn.Module module, string indent)
    {
        IEnumerable<string> lines = module.named_children()
            .Select(entry => $"\n{indent}  ({entry.name}): {Print(entry.module, indent + "  ")}");
        string inside = lines.Any() ? $"{string.Concat(lines)}\n{indent}" : LayerSettings.Of(module);
        return $"{TypeName(module)}({inside})";
    }
}
