using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>The two networks, and how much arithmetic they need.</summary>
internal static class Networks
{
    public static readonly string[] Names = [nameof(ConvNet), nameof(DilatedConvNet)];

    public static nn.Module<Tensor, Tensor> Create(string name) =>
        name == nameof(ConvNet) ? new ConvNet() : new DilatedConvNet();

    /// <summary>
    /// The multiplications and additions of an epoch: 48,000 images forward and backward, 12,000 forward. A layer's
    /// backward pass costs as much as two forward ones, for the gradients of its weights and of its input; the first
    /// layer's input needs none.
    /// </summary>
    /// <returns>GFLOP.</returns>
    public static double ArithmeticOfAnEpoch(string name)
    {
        using nn.Module<Tensor, Tensor> model = Create(name);
        double[] forward =
        [
            .. ModelSummary.Of(model).Layers
                .Where(layer => layer.Parameters > 0)
                .Select(layer => ArithmeticForAnImage(model, layer)),
        ];
        return ((48_000 * ((3 * forward.Sum()) - forward[0])) + (12_000 * forward.Sum())) / 1e9;
    }

    // Each weight of a convolution is used once for each pixel of its output, each weight of a linear layer once.
    private static double ArithmeticForAnImage(nn.Module model, LayerSummary layer)
    {
        long weights = model.state_dict()[$"{layer.Name}.weight"].numel();
        long places = layer.OutputShape.Skip(2).Aggregate(1L, (product, side) => product * side);
        return 2.0 * weights * places;
    }
}
