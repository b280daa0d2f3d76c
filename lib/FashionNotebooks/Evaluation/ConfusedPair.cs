namespace FashionNotebooks;

/// <summary>Two classes that are taken for one another.</summary>
/// <param name="First">The name of one class.</param>
/// <param name="Second">The name of the other.</param>
/// <param name="FirstAsSecond">Images of <paramref name="First"/> predicted as <paramref name="Second"/>.</param>
/// <param name="SecondAsFirst">Images of <paramref name="Second"/> predicted as <paramref name="First"/>.</param>
public sealed record ConfusedPair(string First, string Second, int FirstAsSecond, int SecondAsFirst)
{
    /// <summary>Confusions in both directions.</summary>
    public int Total => FirstAsSecond + SecondAsFirst;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{First} and {Second}: {Total} ({First} as {Second} {FirstAsSecond}, {Second} as {First} {SecondAsFirst})";
}
