using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ConvNetTests
{
    private static readonly string[] Keys =
    [
        "conv1.0.weight", "conv1.0.bias", "conv2.0.weight", "conv2.0.bias", "classifier.0.weight", "classifier.0.bias",
        "classifier.2.weight", "classifier.2.bias", "classifier.4.weight", "classifier.4.bias",
    ];

    // Counted by hand: 16*9+16, 32*16*9+32, flat*256+256, 256*128+128, 128*10+10.
    [Fact]
    public void ConvNet_gives_ten_logits_for_each_image()
    {
        using var model = new ConvNet();
        AssertNetwork(model, 160 + 4_640 + (1152 * 256) + 256 + 32_896 + 1_290);
    }

    [Fact]
    public void DilatedConvNet_gives_ten_logits_for_each_image()
    {
        using var model = new DilatedConvNet();
        AssertNetwork(model, 160 + 4_640 + (512 * 256) + 256 + 32_896 + 1_290);
    }

    // The keys are PyTorch's, so that weights can be exchanged.
    private static void AssertNetwork(nn.Module<Tensor, Tensor> model, long parameters)
    {
        using var scope = NewDisposeScope();

        Assert.Equal([5, 10], model.forward(rand(5, 1, 28, 28)).shape);
        Assert.Equal(parameters, model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(Keys, model.state_dict().Keys);
    }
}
