namespace FashionNotebooks;

/// <summary>A network layer by layer: what comes out of each and how many parameters it has.</summary>
public sealed class ModelSummary : CellOutput
{
    private ModelSummary(IReadOnlyList<LayerSummary> layers) => Layers = layers;

    /// <summary>
    /// The layers in the order in which an image meets them, one that is called again in another row. Behind them stand
    /// the modules with parameters of their own whose output is not seen, such as a recurrent one or one whose
    /// <c>forward</c> is called.
    /// </summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>How many numbers the parameters of the whole network hold.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Sends one blank image through the network and notes what each layer called makes of it.</summary>
    /// <param name="model">A model in any dtype, on any device; each module's training mode stays as it is.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <exception cref="ArgumentException">The model does not take such an image.</exception>
    public static ModelSummary Of(nn.Module<Tensor, Tensor> model, int channels = 1, int height = 28, int width = 28)
    {
        using var scope = NewDisposeScope();
        Tensor? weight = model.parameters().FirstOrDefault();
        Tensor image = zeros(1, channels, height, width, weight?.dtype, weight?.device);
        IEnumerable<(string Name, nn.Module Module)> all = model.named_modules().Prepend(("", model));
        (string Name, nn.Module Module)[] modules = [.. all.DistinctBy(entry => entry.Module)];
        var layers = new List<LayerSummary>();
        var counted = new HashSet<IntPtr>();
        void Add(string name, nn.Module module, long[] shape) => layers.Add(new LayerSummary(
            name, ModelPrinter.TypeName(module), shape,
            OwnParameters(module).Where(own => counted.Add(own.Handle)).Sum(own => own.numel())));

        Watch(model, image, modules, Add);
        foreach ((string name, nn.Module module) in modules)
        {
            if (layers.All(layer => layer.Name != name) && OwnParameters(module).Any())
                Add(name, module, []);
        }

        return new ModelSummary(layers);
    }

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string ToString() => ToTable().ToString();

    private TextTable ToTable() => new(
        ["Layer", "Type", "Output shape", "Parameters"],
        [
            .. Layers.Select(layer => (string[])
            [
                layer.Name, layer.Type, layer.OutputShape.Count == 0 ? "?" : Shape.Write(layer.OutputShape),
                Number(layer.Parameters),
            ]),
            ["Total", "", "", Number(Parameters)],
        ]);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    // Tells of each layer that is called, and of the shape that leaves it.
    private static void Watch(nn.Module<Tensor, Tensor> model, Tensor image,
        IEnumerable<(string Name, nn.Module Module)> modules, Action<string, nn.Module, long[]> tell)
    {
        var hooks = new List<Action>();
        lock (model)
        {
            using var noGrad = no_grad();
            using var modes = new ModuleModes(model);
            foreach ((string name, nn.Module module) in modules)
            {
                if (module is nn.Module<Tensor, Tensor> layer && !module.named_children().Any())
                {
                    hooks.Add(layer.register_forward_hook((_, _, output) =>
                    {
                        tell(name, layer, output.shape);
                        return output;
                    }).remove);
                }
            }

            try
            {
                // In training mode the blank image would count as data, for batch normalisation say.
                model.eval();
                model.CallInWords(image);
            }
            finally
            {
                hooks.ForEach(remove => remove());
            }
        }
    }

    private static IEnumerable<Parameter> OwnParameters(nn.Module module) => module.parameters().ExceptBy(
        module.children().SelectMany(child => child.parameters()).Select(each => each.Handle), each => each.Handle);
}
