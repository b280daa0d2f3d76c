namespace FashionNotebooks;

/// <summary>An image that was taken for something else.</summary>
/// <param name="Index">Which image of the dataset, from 0.</param>
/// <param name="TrueClass">What it is.</param>
/// <param name="PredictedClass">What the network took it for.</param>
/// <param name="Probability">How sure the network was of that, 0 to 1.</param>
public sealed record Mistake(int Index, int TrueClass, int PredictedClass, double Probability);
