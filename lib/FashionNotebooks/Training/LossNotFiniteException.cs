namespace FashionNotebooks;

/// <summary>The loss became infinite or not a number, so that training made no sense any more.</summary>
public sealed class LossNotFiniteException : ArithmeticException
{
    internal LossNotFiniteException(int epoch, int step, double loss)
        : base(FormattableString.Invariant($"The loss is {loss} in epoch {epoch}, step {step}: ")
            + "expected a finite number. The model has the best epoch's weights, or those before this step. "
            + "Try a smaller learning rate, and look for infinite or missing values in the images.") =>
        (Epoch, Step) = (epoch, step);

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The batch, from 0; validation batches follow those of training.</summary>
    public int Step { get; }
}
