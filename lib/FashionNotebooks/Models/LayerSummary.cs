namespace FashionNotebooks;

/// <summary>One layer of a network, as seen when a single image goes through.</summary>
/// <param name="Name">Its name in the state dictionary, such as <c>conv1.0</c>; empty for the network itself.</param>
/// <param name="Type">Its class, such as <c>Conv2d</c>.</param>
/// <param name="OutputShape">
/// The shape that leaves it, the batch first: <c>[1, 16, 28, 28]</c>. Empty if it is not seen, since its
/// <c>call</c> is not used or returns more than one tensor.
/// </param>
/// <param name="Parameters">
/// How many numbers its parameters hold, but for those of a row before, so that the rows add up to the total.
/// </param>
public sealed record LayerSummary(string Name, string Type, IReadOnlyList<long> OutputShape, long Parameters);
