using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionNotebooks;

/// <summary>
/// The tutorial's convolutional network, shaped like LeNet-5: two convolutions, each followed by ReLU and average
/// pooling, and three fully connected layers.
/// </summary>
public sealed class ConvNet : Module<Tensor, Tensor>
{
    private readonly Sequential conv1;
    private readonly Sequential conv2;
    private readonly Sequential classifier;

    /// <summary>Creates the network with random weights, drawn from Torch's generator.</summary>
    public ConvNet()
        : base(nameof(ConvNet))
    {
        conv1 = Sequential(
            Conv2d(in_channels: 1, out_channels: 16, kernel_size: 3, stride: 1, padding: 1L),
            ReLU(),
            AvgPool2d(kernel_size: 2, stride: 2));
        conv2 = Sequential(
            Conv2d(in_channels: 16, out_channels: 32, kernel_size: 3, stride: 1, padding: 0L),
            ReLU(),
            AvgPool2d(kernel_size: 2, stride: 2));
        classifier = Sequential(
            Linear(32 * 6 * 6, 256),
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
        x = conv1.call(x);             // [N, 16, 14, 14]
        x = conv2.call(x);             // [N, 32, 6, 6]
        x = x.flatten(start_dim: 1);   // [N, 1152]
        return classifier.call(x)      // [N, 10]
            .MoveToOuterDisposeScope();
    }

    /// <summary>The layers, as PyTorch prints them.</summary>
    public override string ToString() => ModelPrinter.Print(this);
}
