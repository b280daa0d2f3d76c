namespace FashionNotebooks;

/// <summary>A network as a reader thinks of it: each layer with its activation, and the shape after it.</summary>
internal static class ArchitectureStages
{
    /// <exception cref="ArgumentException">
    /// The model does not take such an image, or there is a layer of which no output is seen.
    /// </exception>
    public static IReadOnlyList<NetworkStage> Of(nn.Module<Tensor, Tensor> model)
    {
        Dictionary<string, nn.Module> modules = model.named_modules().Prepend(("", model)).ToDictionary();
        List<NetworkStage> stages = [new("Input", [1, 28, 28], [], [])];
        foreach (LayerSummary layer in ModelSummary.Of(model).Layers)
        {
            nn.Module module = modules[layer.Name];
            if (module.named_children().Any())
                continue;

            if (layer.OutputShape.Count == 0)
            {
                throw new ArgumentException($"{layer.Type} {layer.Name} cannot be drawn: expected a layer that is used "
                    + "through call, as in layer.call(x), and that returns one tensor, the batch first.");
            }

            int[] shape = [.. layer.OutputShape.Skip(1).Select(size => (int)size)];
            int[] previous = stages[^1].Shape;
            if (module is Linear linear && previous.Length > 1 && shape.Length == 1)
                stages.Add(new("Flatten", [(int)linear.in_features], [], []));

            if (module is ReLU && shape.SequenceEqual(previous))
                stages[^1] = stages[^1] with { Operation = stages[^1].Operation + ", ReLU" };
            else
                stages.Add(new(Name(module), shape, Parameter(module, "weight"), Parameter(module, "bias")));
        }

        return stages;
    }

    private static string Name(nn.Module module) => module switch
    {
        Conv2d conv when conv.dilation is [> 1, ..] => $"Conv {Size(conv.kernel_size)}, dilation {conv.dilation[0]}",
        Conv2d conv => $"Conv {Size(conv.kernel_size)}",
        AvgPool2d pool => $"Average pool {Size(pool.kernel_size)}",
        _ => module.GetType().Name,
    };

    private static int[] Parameter(nn.Module module, string name) => [.. module.named_parameters()
        .Where(entry => entry.name == name).SelectMany(entry => entry.parameter.shape).Select(size => (int)size)];

    private static string Size(long[] size) => $"{size[0]}×{size[^1]}";
}
