using static TorchSharp.torch;

namespace FashionNotebooks;

internal static class TensorDescription
{
    /// <returns>Shape and type as errors name them: <c>[64, 10] Float32</c>.</returns>
    public static string Describe(this Tensor tensor) => $"[{string.Join(", ", tensor.shape)}] {tensor.dtype}";
}
