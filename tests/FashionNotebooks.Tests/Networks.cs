using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>The library's networks, for theories that hold for each of them.</summary>
internal static class Networks
{
    public static readonly string[] Names = [nameof(ConvNet), nameof(DilatedConvNet)];

    public static nn.Module<Tensor, Tensor> Create(string name) => name switch
    {
        nameof(ConvNet) => new ConvNet(),
        nameof(DilatedConvNet) => new DilatedConvNet(),
        _ => throw new ArgumentException($"There is no network {name}.", nameof(name)),
    };
}
