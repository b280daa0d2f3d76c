using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Adds up the loss and the hits of batches, each with the weight of its size.</summary>
internal sealed class RunningMetrics
{
    private double lossSum, correct, count;

    public double Loss => lossSum / count;
    public double Accuracy => correct / count;

    /// <summary>Adds a batch: its mean loss, logits <c>[B, classes]</c> and true classes <c>[B]</c> int64.</summary>
    public void Add(double loss, Tensor output, Tensor labels)
    {
        long size = labels.shape[0];
        lossSum += loss * size;
        correct += output.argmax(1).eq(labels).sum().item<long>();
        count += size;
    }
}
