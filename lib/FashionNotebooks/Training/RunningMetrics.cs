using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Adds up the loss and the hits of batches, each with the weight of its size.</summary>
internal sealed class RunningMetrics
{
    private double lossSum;
    private long correct;
    private long count;

    public double Loss => lossSum / count;

    public double Accuracy => (double)correct / count;

    /// <param name="loss">The mean loss of the batch.</param>
    /// <param name="output">Logits, <c>[B, classes]</c>.</param>
    /// <param name="labels">True classes, <c>[B]</c> int64.</param>
    public void Add(Tensor loss, Tensor output, Tensor labels)
    {
        long size = labels.shape[0];
        lossSum += loss.to(float64).item<double>() * size;
        correct += output.argmax(1).eq(labels).sum().item<long>();
        count += size;
    }
}
