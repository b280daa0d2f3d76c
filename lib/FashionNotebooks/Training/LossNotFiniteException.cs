namespace FashionNotebooks;

/// <summary>
/// The loss was infinite or NaN. The model has its best weights or, in the first epoch, its parameters from before that
/// batch; buffers, such as BatchNorm's means, may hold what is not finite.
/// </summary>
public sealed class LossNotFiniteException : ArithmeticException
{
    internal LossNotFiniteException(int epoch, int step, double loss)
        : base(FormattableString.Invariant($"The loss is {loss} in epoch {epoch}, step {step}: ")
            + "expected a finite number. The model has the best epoch's weights, or those before this step. "
            + "If batches are of one image, take larger ones for batch normalisation; if not, try a smaller learning "
            + "rate, and look for infinite or missing values in the images.") =>
        (Epoch, Step) = (epoch, step);

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The batch, from 0; validation batches follow those of training.</summary>
    public int Step { get; }
}
