using System.Runtime.InteropServices;

namespace FashionNotebooks;

/// <summary>A network layer by layer: what comes out of each and how many parameters it has.</summary>
public sealed class ModelSummary : CellOutput
{
    private ModelSummary(IReadOnlyList<LayerSummary> layers, long parameters)
    {
        Layers = layers;
        Parameters = parameters;
    }

    /// <summary>The layers in the order in which an image meets them.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>How many numbers the parameters of the whole network hold.</summary>
    public long Parameters { get; }

    /// <summary>Sends one blank image through the network and notes what each layer called makes of it.</summary>
    /// <param name="model">A model in any dtype, on any device; each module's training mode stays as it is.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <exception cref="ExternalException">The model does not take such an image.</exception>
    public static ModelSummary Of(nn.Module<Tensor, Tensor> model, int channels = 1, int height = 28, int width = 28)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var modes = new ModuleModes(model);
        var layers = new List<LayerSummary>();
        var hooks = new List<Action>();
        foreach ((string name, nn.Module module) in model.named_modules().DistinctBy(entry => entry.module))
        {
            if (module is nn.Module<Tensor, Tensor> layer && !module.named_children().Any())
            {
                hooks.Add(layer.register_forward_hook((_, _, output) =>
                {
                    layers.Add(new LayerSummary(name, layer.GetType().Name, output.shape, Count(layer)));
                    return output;
                }).remove);
            }
        }

        try
        {
            // In training mode the blank image would count as data, for batch normalisation say.
            model.eval();
            Tensor? weight = model.parameters().FirstOrDefault();
            model.call(zeros(1, channels, height, width, weight?.dtype, weight?.device));
        }
        finally
        {
            hooks.ForEach(remove => remove());
        }

        return new ModelSummary(layers, Count(model));
    }

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string ToString() => ToTable().ToString();

    private TextTable ToTable() => new(
        ["Layer", "Type", "Output shape", "Parameters"],
        [
            .. Layers.Select(layer => (string[])
                [layer.Name, layer.Type, Shape.Write(layer.OutputShape), Number(layer.Parameters)]),
            ["Total", "", "", Number(Parameters)],
        ]);

    private static long Count(nn.Module module) => module.parameters().Sum(parameter => parameter.numel());

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
