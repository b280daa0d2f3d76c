namespace FashionNotebooks;

/// <summary>The accuracies of one network, trained several times from different seeds.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Accuracies">One accuracy for each seed, 0 to 1; at least one.</param>
/// <param name="Tutorial">The accuracy that the tutorial reached, 0 to 1; null where it has no such network.</param>
/// <exception cref="ArgumentException">There are no accuracies.</exception>
public sealed record AccuracySample(string Network, IReadOnlyList<double> Accuracies, double? Tutorial)
{
    // Two-sided quantiles of Student's t for 95 % and 1 to 10 degrees of freedom.
    private static readonly double[] Student =
        [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

    /// <summary>One accuracy for each seed, 0 to 1; at least one.</summary>
    public IReadOnlyList<double> Accuracies { get; } = Accuracies.Count > 0 ? Accuracies
        : throw new ArgumentException($"{Network} has none: expected at least one accuracy.", nameof(Accuracies));

    /// <summary>The mean accuracy.</summary>
    public double Mean => Accuracies.Average();

    /// <summary>Their standard deviation, estimated: divided by one less than their number. NaN for one.</summary>
    public double StandardDeviation =>
        Math.Sqrt(Accuracies.Sum(accuracy => Math.Pow(accuracy - Mean, 2)) / (Accuracies.Count - 1));

    /// <summary>
    /// Half the width of the 95 % confidence interval of the mean, <c>t s / sqrt(n)</c>: if accuracies scatter as a
    /// normal distribution does, the interval misses the mean of all seeds in one of twenty such samples. From the
    /// twelfth accuracy on, t stays 2.228, which makes it a little too wide. NaN for one.
    /// </summary>
    /// <seealso href="https://www.itl.nist.gov/div898/handbook/eda/section3/eda352.htm"/>
    public double Margin => Accuracies.Count == 1 ? double.NaN
        : Student[Math.Min(Accuracies.Count - 2, Student.Length - 1)] * StandardDeviation / Math.Sqrt(Accuracies.Count);
}
