namespace FashionNotebooks;

/// <summary>Answers of about the same probability.</summary>
/// <param name="Count">How many there are; at least one.</param>
/// <param name="Probability">The mean of the probabilities that the network gave to its answers, 0 to 1.</param>
/// <param name="Accuracy">The share of these answers that is right, 0 to 1.</param>
public sealed record CalibrationBin(int Count, double Probability, double Accuracy);

/// <summary>
/// Whether a network's probabilities mean what they say: of the answers with probability 0.9, nine in ten are right.
/// </summary>
/// <seealso href="https://arxiv.org/abs/1706.04599"/>
public sealed class Calibration
{
    /// <param name="labels">True classes, <c>[N]</c> int64, on any device; at least one.</param>
    /// <param name="logits">What the network answered, <c>[N, classes]</c> floating point, on any device.</param>
    /// <param name="bins">Into how many bins of equal width the probabilities from 0 to 1 fall, 1 or more.</param>
    /// <exception cref="ArgumentException">Wrong shapes or dtypes, no labels, or one that is no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is less than 1.</exception>
    public Calibration(Tensor labels, Tensor logits, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        Bins =
        [
            .. Evaluator.Answers(labels, logits)
                .GroupBy(answer => Math.Min((int)(answer.Probability * bins), bins - 1))
                .OrderBy(bin => bin.Key)
                .Select(bin => new CalibrationBin(
                    bin.Count(), bin.Average(answer => answer.Probability),
                    bin.Average(answer => answer.Label == answer.Prediction ? 1.0 : 0))),
        ];
    }

    /// <summary>The bins that hold answers, from the lowest probability to the highest.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>
    /// The expected calibration error: how far probability and accuracy of a bin lie apart, on average over the
    /// answers, 0 to 1.
    /// </summary>
    public double ExpectedError => Bins.Sum(bin => bin.Count * Math.Abs(bin.Probability - bin.Accuracy))
        / Bins.Sum(bin => bin.Count);
}
