namespace FashionNotebooks;

/// <summary>The test accuracies of one network, trained several times from different seeds.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Accuracies">One accuracy for each seed, 0 to 1; at least one.</param>
/// <param name="Tutorial">The accuracy that the tutorial reached, 0 to 1.</param>
public sealed record AccuracySample(string Network, IReadOnlyList<double> Accuracies, double Tutorial)
{
    /// <summary>The mean accuracy.</summary>
    public double Mean => Accuracies.Average();

    /// <summary>
    /// The standard deviation of the accuracies, estimated from the sample: the squared deviations are divided by one
    /// less than their number. Not a number for a single seed.
    /// </summary>
    public double StandardDeviation
    {
        get
        {
            double mean = Mean;
            return Math.Sqrt(Accuracies.Sum(accuracy => (accuracy - mean) * (accuracy - mean)) / (Accuracies.Count - 1));
        }
    }
}
