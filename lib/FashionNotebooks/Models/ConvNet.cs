using static TorchSharp.torch.nn;

namespace FashionNotebooks;

/// <summary>
/// The tutorial's convolutional network, shaped like LeNet-5: two convolutions, each followed by ReLU and average
/// pooling, and three fully connected layers.
/// </summary>
public class ConvNet : Module<Tensor, Tensor>
{
    // Not private: RegisterComponents looks for the fields of DilatedConvNet, where private ones are not seen.
    private protected readonly Sequential conv1;
    private protected readonly Sequential conv2;
    private protected readonly Sequential classifier;

    /// <summary>Creates the network with random weights, drawn from Torch's generator.</summary>
    public ConvNet()
        : this(nameof(ConvNet), dilation: 1, lastMap: 6)
    {
    }

    /// <param name="name">The name of the class.</param>
    /// <param name="dilation">How many pixels lie from one tap of a kernel to the next.</param>
    /// <param name="lastMap">The height and width of the maps that leave the second pooling.</param>
    private protected ConvNet(string name, int dilation, int lastMap)
        : base(name)
    {
        conv1 = Sequential(
            Conv2d(in_channels: 1, out_channels: 16, kernel_size: 3, stride: 1, padding: 1L, dilation: dilation),
            ReLU(),
            AvgPool2d(kernel_size: 2, stride: 2));
        conv2 = Sequential(
            Conv2d(in_channels: 16, out_channels: 32, kernel_size: 3, stride: 1, padding: 0L, dilation: dilation),
            ReLU(),
            AvgPool2d(kernel_size: 2, stride: 2));
        classifier = Sequential(
            Linear(32 * lastMap * lastMap, 256),
            ReLU(),
            Linear(256, 128),
            ReLU(),
            Linear(128, 10));

        RegisterComponents();
    }

    /// <summary>The score of each class for each image.</summary>
    /// <param name="x">Images, <c>[N, 1, 28, 28]</c> float32.</param>
    /// <returns>Logits, <c>[N, 10]</c>.</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = conv1.call(x);             // [N, 16, 14, 14], dilated [N, 16, 13, 13]
        x = conv2.call(x);             // [N, 32, 6, 6], dilated [N, 32, 4, 4]
        x = x.flatten(start_dim: 1);   // [N, 1152], dilated [N, 512]
        return classifier.call(x)      // [N, 10]
            .MoveToOuterDisposeScope();
    }

    /// <summary>The layers, as PyTorch prints them.</summary>
    public override string ToString() => ModelPrinter.Print(this);
}
