namespace FashionNotebooks;

/// <summary>The size of a tensor in each of its dimensions, as text.</summary>
public static class Shape
{
    /// <summary>The shape as PyTorch prints it: <c>[1, 16, 28, 28]</c>.</summary>
    public static string Of(Tensor tensor) => Write(tensor.shape);

    internal static string Write(IEnumerable<long> sizes) => $"[{string.Join(", ", sizes)}]";

    /// <summary>Shape and type, as errors name them: <c>[64, 10] Float32</c>.</summary>
    internal static string Describe(this Tensor tensor) => $"{Of(tensor)} {tensor.dtype}";
}
