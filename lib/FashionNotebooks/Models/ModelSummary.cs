using System.Globalization;
using static TorchSharp.torch;

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

    /// <summary>How many numbers are trained in the whole network.</summary>
    public long Parameters { get; }

    /// <summary>Sends one blank image through the network and notes what each layer makes of it.</summary>
    /// <param name="model">Takes images; its layers' training modes are left as they were.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="height">Height of the image in pixels.</param>
    /// <param name="width">Width of the image in pixels.</param>
    public static ModelSummary Of(nn.Module<Tensor, Tensor> model, int channels = 1, int height = 28, int width = 28)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var layers = new List<LayerSummary>();
        var undo = new List<Action>();
        foreach ((string name, nn.Module module) in model.named_modules())
        {
            bool training = module.training;
            undo.Add(() => module.train(training));
            if (module is nn.Module<Tensor, Tensor> layer && !module.named_children().Any())
            {
                undo.Add(layer.register_forward_hook((_, _, output) =>
                {
                    long parameters = module.parameters().Sum(parameter => parameter.numel());
                    layers.Add(new LayerSummary(name, module.GetType().Name, output.shape, parameters));
                    return output;
                }).remove);
            }
        }

        try
        {
            // In training mode the blank image would count as data, for batch normalisation say.
            model.eval();
            model.forward(zeros(1, channels, height, width, device: model.parameters().FirstOrDefault()?.device));
        }
        finally
        {
            undo.ForEach(action => action());
        }

        return new ModelSummary(layers, model.parameters().Sum(parameter => parameter.numel()));
    }

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string ToString() => ToTable().ToString();

    private TextTable ToTable() => new(
        ["Layer", "Type", "Output shape", "Parameters"],
        [
            .. Layers.Select(layer => (string[])
                [layer.Name, layer.Type, $"[{string.Join(", ", layer.OutputShape)}]", Number(layer.Parameters)]),
            ["Total", "", "", Number(Parameters)],
        ]);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
