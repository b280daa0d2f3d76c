namespace FashionNotebooks;

/// <summary>A layer of a network, together with its activation.</summary>
/// <param name="Operation">What it does, such as "Conv 3×3, ReLU".</param>
/// <param name="Shape">What leaves it: C, H, W or a number of values.</param>
/// <param name="Weight">The shape of its weights; empty if it has none.</param>
/// <param name="Bias">The shape of its biases; empty if it has none.</param>
internal sealed record NetworkStage(string Operation, int[] Shape, int[] Weight, int[] Bias);
