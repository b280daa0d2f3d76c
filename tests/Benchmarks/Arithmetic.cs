using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>How much arithmetic a network needs.</summary>
internal static class Arithmetic
{
    /// <summary>
    /// The multiplications and additions of an epoch: 48,000 images forward and backward, 12,000 forward. A layer's
    /// backward pass costs as much as two forward ones, for the gradients of its weights and of its input; the first
    /// layer's input needs none.
    /// </summary>
    /// <returns>GFLOP.</returns>
    public static double OfAnEpoch(string name)
    {
        using nn.Module<Tensor, Tensor> model = Networks.Create(name);
        double[] forward =
        [
            .. ModelSummary.Of(model).Layers
                .Where(layer => layer.Parameters > 0)
                .Select(layer => OfAnImage(model, layer)),
        ];
        return ((48_000 * ((3 * forward.Sum()) - forward[0])) + (12_000 * forward.Sum())) / 1e9;
    }

    // Each weight of a convolution is used once for each pixel of its output, each weight of a linear layer once.
    private static double OfAnImage(nn.Module model, LayerSummary layer)
    {
        long weights = model.state_dict()[$"{layer.Name}.weight"].numel();
        long places = layer.OutputShape.Skip(2).Aggregate(1L, (product, side) => product * side);
        return 2.0 * weights * places;
    }
}
