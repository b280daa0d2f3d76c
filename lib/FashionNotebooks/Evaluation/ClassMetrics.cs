namespace FashionNotebooks;

/// <summary>How well one class is recognised.</summary>
/// <param name="Name">The class.</param>
/// <param name="Precision">Of the images predicted to be of this class, the share that are: 0 to 1.</param>
/// <param name="Recall">Of the images of this class, the share predicted to be: 0 to 1.</param>
/// <param name="Support">How many images of this class there are.</param>
public sealed record ClassMetrics(string Name, double Precision, double Recall, int Support)
{
    /// <summary>The harmonic mean of precision and recall, 0 to 1.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
