using static System.FormattableString;

namespace FashionNotebooks;

/// <content>What happens in a network.</content>
public static partial class Figures
{
    private const int MostChannels = 16;

    /// <summary>One value of a convolution over many channels, without padding: what each of them brings.</summary>
    /// <param name="maps">What goes in, <c>[1, C, H, W]</c> of any floating point type, with up to 16 channels.</param>
    /// <param name="weight">The weights of one kernel, <c>[C, k, k]</c>, k at most H and W.</param>
    /// <param name="bias">What is added to the sum.</param>
    /// <param name="row">The row of the maps where the kernel's window begins, from 0 to H - k.</param>
    /// <param name="column">The column where it begins, from 0 to W - k.</param>
    /// <exception cref="ArgumentException">A tensor of another shape or type, or not finite; no such place.</exception>
    public static PlotlyFigure ConvolutionOverChannels(Tensor maps, Tensor weight, double bias, int row, int column)
    {
        using var scope = NewDisposeScope();
        bool areMaps = IsFinite(maps) && maps.shape is [1, > 0 and <= MostChannels, > 0, > 0];
        ThrowUnless(areMaps, maps, $"finite floating point numbers, [1, 1 to {MostChannels}, H, W]", nameof(maps));
        (int height, int width) = ((int)maps.shape[2], (int)maps.shape[3]);
        bool fits = IsFinite(weight) && weight.shape is [_, > 0 and var k, _]
            && weight.shape.SequenceEqual([maps.shape[1], k, k]) && k <= Math.Min(height, width);
        ThrowUnless(fits, weight, $"finite floating point numbers, [C, k, k] for {Shape.Of(maps)}", nameof(weight));
        int size = (int)weight.shape[1];
        ThrowUnlessWithin(row, height - size, nameof(row));
        ThrowUnlessWithin(column, width - size, nameof(column));

        Tensor window = maps[0, .., row..(row + size), column..(column + size)].to(float64);
        double[] parts = [.. (window * weight.to(float64)).sum([1, 2]).detach().cpu().data<double>()];
        string sum = string.Join(" + ", parts.Select(part => Invariant($"{part:F3}")));
        return new PlotlyFigure(
            Plotly.Value.ConvolutionOverChannels(
                [.. maps[0].unbind().Select(Table)], [.. weight.unbind().Select(Table)], parts, bias, row, column),
            $"A kernel of {size}×{size} over {parts.Length} channels at row {row}, column {column}: the sums of each "
            + $"channel's products, {sum}, and the bias {Invariant($"{bias:F3}, make {parts.Sum() + bias:F3}")}.");
    }

    /// <summary>The network as a drawing: what each stage does and the shape that leaves it.</summary>
    /// <param name="model">A network of convolutions, pooling and linear layers for 28×28 grey images.</param>
    /// <exception cref="ArgumentException">It does not take such images, or a layer's output is not seen.</exception>
    public static PlotlyFigure Architecture(nn.Module<Tensor, Tensor> model)
    {
        IReadOnlyList<NetworkStage> stages = ArchitectureStages.Of(model);
        return new PlotlyFigure(Plotly.Value.Architecture([("", stages)]), $"Architecture: {Chain(stages)}.");
    }

    /// <summary>Two networks one above the other on one scale; what differs is orange.</summary>
    /// <param name="first">A network of convolutions, pooling and linear layers for 28×28 grey images.</param>
    /// <param name="second">Another.</param>
    /// <exception cref="ArgumentException">One does not take such images, or a layer's output is not seen.</exception>
    public static PlotlyFigure Architecture(nn.Module<Tensor, Tensor> first, nn.Module<Tensor, Tensor> second)
    {
        (string Name, IReadOnlyList<NetworkStage> Stages)[] networks =
            [.. new[] { first, second }.Select(model => (ModelPrinter.TypeName(model), ArchitectureStages.Of(model)))];
        IEnumerable<string> words = networks.Select(network => $"{network.Name}: {Chain(network.Stages)}.");
        return new PlotlyFigure(Plotly.Value.Architecture(networks), $"Architectures. {string.Join(" ", words)}");
    }

    /// <summary>The chain of layers up to the loss: what flows forward, what flows back, what stays where.</summary>
    /// <remarks>A gradient stays at each layer with weights: of their shape, and below it of its biases'.</remarks>
    /// <param name="model">A network of convolutions, pooling and linear layers for 28×28 grey images.</param>
    /// <exception cref="ArgumentException">It does not take such images, or a layer's output is not seen.</exception>
    public static PlotlyFigure ForwardAndBackward(nn.Module<Tensor, Tensor> model)
    {
        IReadOnlyList<NetworkStage> stages = ArchitectureStages.Of(model);
        bool hasBiases = stages.Any(stage => stage.Bias.Length > 0);
        IEnumerable<string> layers = stages.Where(stage => stage.Weight.Length > 0).Select(stage =>
            $"{stage.Operation} ({string.Join("×", stage.Weight)}{(stage.Bias is [var size] ? $" and {size}" : "")})");
        return new PlotlyFigure(
            Plotly.Value.ForwardAndBackward(stages),
            $"Forward, the values: {Chain(stages)} → Loss. Backward, a gradient for each of them, of the same shape, "
            + $"as far as the first layer; and one for the weights{(hasBiases ? " and biases" : "")} of "
            + $"{string.Join(", ", layers)}.");
    }

    private static string Chain(IEnumerable<NetworkStage> stages) =>
        string.Join(" → ", stages.Select(stage => $"{stage.Operation} ({string.Join("×", stage.Shape)})"));

    private static double[][] Table(Tensor values)
    {
        double[] numbers = [.. values.detach().cpu().to(float64).contiguous().data<double>()];
        return [.. numbers.Select(value => Math.Round(value, 4)).Chunk((int)values.shape[1])];
    }
}
