namespace FashionNotebooks;

/// <summary>
/// The twin of <see cref="ConvNet"/> with dilated convolutions: the nine taps of each 3 by 3 kernel stand two pixels
/// apart and so span 5 by 5, which leaves smaller feature maps.
/// </summary>
public sealed class DilatedConvNet : ConvNet
{
    /// <summary>Creates the network with random weights, drawn from Torch's generator.</summary>
    public DilatedConvNet()
        : base(nameof(DilatedConvNet), dilation: 2, lastMap: 4)
    {
    }
}
