namespace FashionNotebooks;

/// <summary>Adds up the losses and the hits of an epoch's batches, each batch with the weight of its size.</summary>
internal sealed class RunningMetrics
{
    private double lossSum;
    private long correct, count;

    /// <summary>The mean loss of an image.</summary>
    public double Loss => lossSum / count;

    /// <summary>The share of images classified correctly, 0 to 1.</summary>
    public double Accuracy => (double)correct / count;

    /// <summary>Adds a batch: its mean loss, logits <c>[B, classes]</c> and true classes <c>[B]</c> int64.</summary>
    /// <remarks>Epoch and step, from 0, are for the exception.</remarks>
    /// <exception cref="ArgumentException">The logits or the loss have another shape.</exception>
    /// <exception cref="LossNotFiniteException">The loss is infinite or not a number.</exception>
    public void Add(Tensor loss, Tensor output, Tensor labels, int epoch, int step)
    {
        long size = labels.shape[0];
        if (output.dim() != 2 || output.shape[0] != size)
            throw new ArgumentException($"The model returns {output.Describe()}: expected logits, [{size}, classes].");

        if (loss.numel() != 1)
            throw new ArgumentException($"The loss of a batch is {loss.Describe()}: expected one number, the mean.");

        double value = loss.ToDouble();
        if (!double.IsFinite(value))
            throw new LossNotFiniteException(epoch, step, value);

        lossSum += value * size;
        correct += output.argmax(1).eq(labels).sum().item<long>();
        count += size;
    }
}
