namespace FashionNotebooks;

/// <summary>The accuracies of one network, trained several times from different seeds.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Accuracies">One accuracy for each seed, 0 to 1; at least one.</param>
/// <param name="Tutorial">The accuracy that the tutorial reached, 0 to 1; null where it has no such network.</param>
/// <exception cref="ArgumentException">There are no accuracies.</exception>
public sealed record AccuracySample(string Network, IReadOnlyList<double> Accuracies, double? Tutorial)
{
    /// <summary>One accuracy for each seed, 0 to 1; at least one.</summary>
    public IReadOnlyList<double> Accuracies { get; } = Accuracies.Count > 0 ? Accuracies
        : throw new ArgumentException($"{Network} has none: expected at least one accuracy.", nameof(Accuracies));

    /// <summary>The mean accuracy.</summary>
    public double Mean => Accuracies.Average();

    /// <summary>Their standard deviation, estimated: divided by one less than their number. NaN for one.</summary>
    public double StandardDeviation =>
        Math.Sqrt(Accuracies.Sum(accuracy => Math.Pow(accuracy - Mean, 2)) / (Accuracies.Count - 1));
}
