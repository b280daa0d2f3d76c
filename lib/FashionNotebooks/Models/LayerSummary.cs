namespace FashionNotebooks;

/// <summary>One layer of a network, as seen when a single image goes through.</summary>
/// <param name="Name">Its name in the state dictionary, such as <c>conv1.0</c>.</param>
/// <param name="Type">Its class, such as <c>Conv2d</c>.</param>
/// <param name="OutputShape">The shape that leaves it, the batch first: <c>[1, 16, 28, 28]</c>.</param>
/// <param name="Parameters">How many numbers its parameters hold.</param>
public sealed record LayerSummary(string Name, string Type, IReadOnlyList<long> OutputShape, long Parameters);
