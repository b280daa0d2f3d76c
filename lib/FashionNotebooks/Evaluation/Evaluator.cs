using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Asks a trained network what it sees.</summary>
public static class Evaluator
{
    /// <summary>The class with the highest score for each image, in evaluation mode and without gradients.</summary>
    /// <param name="model">Takes images and returns logits, <c>[B, classes]</c>. Left in evaluation mode.</param>
    /// <param name="images"><c>[N, 1, 28, 28]</c> float32.</param>
    /// <param name="batchSize">How many images go through the network at once: more take more memory.</param>
    /// <returns>Predicted classes, <c>[N]</c> int64.</returns>
    public static Tensor Predict(nn.Module<Tensor, Tensor> model, Tensor images, int batchSize = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        model.eval();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] predictions = [.. images.split(batchSize).Select(part => model.forward(part).argmax(1))];
        return cat(predictions).MoveToOuterDisposeScope();
    }

    /// <summary>The share of predictions that are right, 0 to 1.</summary>
    /// <param name="labels">True classes, <c>[N]</c> int64.</param>
    /// <param name="predictions">Predicted classes, <c>[N]</c> int64.</param>
    /// <exception cref="ArgumentException">The two have different shapes.</exception>
    public static double Accuracy(Tensor labels, Tensor predictions)
    {
        ThrowIfShapesDiffer(labels, predictions);
        using var scope = NewDisposeScope();
        return (double)labels.eq(predictions).sum().item<long>() / labels.numel();
    }

    internal static void ThrowIfShapesDiffer(Tensor labels, Tensor predictions)
    {
        if (!labels.shape.SequenceEqual(predictions.shape))
        {
            throw new ArgumentException($"Labels [{string.Join(", ", labels.shape)}] and predictions "
                + $"[{string.Join(", ", predictions.shape)}] differ in shape.", nameof(predictions));
        }
    }
}
