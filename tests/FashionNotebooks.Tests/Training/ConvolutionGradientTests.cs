using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class ConvolutionGradientTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private Exception? failure;

    public ConvolutionGradientTests() => manual_seed(1);

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(1, 3, 3, 1, 1, 2, 2)]
    [InlineData(1, 3, 3, 0, 0, 2, 2)]
    [InlineData(4, 3, 3, 0, 0, 2, 2)]
    [InlineData(4, 3, 3, 2, 2, 3, 3)]
    [InlineData(2, 3, 5, 0, 2, 2, 1)]
    [InlineData(1, 2, 4, 1, 0, 1, 3)]
    [InlineData(1, 3, 3, 1, 1, 1, 1)]
    [InlineData(1, 2, 5, 0, 2, 1, 1)]
    public void Every_gradient_agrees_with_libtorchs(int channels, int down, int across, int padRows, int padColumns, int dilationDown, int dilationAcross)
    {
        Conv2d layer = nn.Conv2d(channels, 5, (down, across), padding: (padRows, padColumns), dilation: (dilationDown, dilationAcross));
        Tensor images = rand(5, channels, 17, 15)[1..4];
        Tensor[] expected = Gradients(layer, images);

        Action giveBack = Assert.IsType<Action>(TakeOver(layer));
        Tensor[] actual = Gradients(layer, images);
        giveBack();

        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.shape, pair.Second.shape);
            Assert.InRange((pair.First - pair.Second).abs().max().item<float>() / pair.First.abs().max().item<float>(), 0, 1e-5);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Gradients_of_float64_are_as_exact(int channels)
    {
        var layer = (Conv2d)nn.Conv2d(channels, 2, kernel_size: 3, dilation: 2).to(float64);
        Tensor images = rand(2, channels, 9, 9, float64);
        Tensor[] expected = Gradients(layer, images);

        TakeOver(layer);

        Assert.All(expected.Zip(Gradients(layer, images)), pair => Assert.InRange((pair.First - pair.Second).abs().max().item<double>(), 0, 1e-12));
    }

    [Fact]
    public void An_input_that_needs_no_gradient_gets_none()
    {
        Conv2d layer = nn.Conv2d(1, 2, kernel_size: 3);
        Tensor images = rand(2, 1, 9, 9);
        TakeOver(layer);

        layer.call(images).sum().backward();

        Assert.Null(images.grad);
        Assert.Equal(2 * 7 * 7, layer.bias!.grad![0].item<float>());
    }

    [Fact]
    public void An_input_that_would_need_much_memory_is_left_to_libtorch()
    {
        Conv2d layer = nn.Conv2d(1, 1, kernel_size: 9);
        Tensor images = rand(1, 1, 500, 500);
        float[] expected = OfWeight(layer, images);

        TakeOver(layer);

        Assert.Equal(expected, OfWeight(layer, images));
    }

    [Fact]
    public void It_is_used_until_it_is_given_back()
    {
        Conv2d layer = nn.Conv2d(16, 32, kernel_size: 3, dilation: 2);
        Tensor images = rand(64, 16, 13, 13);
        float[] expected = OfWeight(layer, images);

        Action giveBack = TakeOver(layer)!;
        float[] own = OfWeight(layer, images);
        giveBack();

        Assert.NotEqual(expected, own); // sums of thousands of numbers in another order
        Assert.Equal(expected, OfWeight(layer, images));
    }

    [Fact]
    public void Layers_that_it_does_not_know_are_left_alone() => Assert.All(
        new nn.Module[]
        {
            nn.Linear(2, 2),
            nn.Conv2d(2, 2, kernel_size: 3),
            nn.Conv2d(1, 2, kernel_size: 3, dilation: 2, stride: 2),
            nn.Conv2d(2, 2, kernel_size: 3, dilation: 2, groups: 2),
            nn.Conv2d(1, 2, kernel_size: 3, dilation: 2, bias: false),
            nn.Conv2d(1, 2, kernel_size: 3, dilation: 2, padding: Padding.Same),
            nn.Conv2d(1, 2, kernel_size: 3, dilation: 2, padding: 1L, padding_mode: PaddingModes.Circular),
        },
        layer => Assert.Null(TakeOver(layer)));

    [Fact]
    public void A_layer_with_a_hook_is_left_alone()
    {
        Conv2d layer = nn.Conv2d(1, 2, kernel_size: 3, dilation: 2);
        layer.register_forward_hook((_, _, output) => output * 2);

        Assert.Null(TakeOver(layer));
    }

    [Fact]
    public void An_input_that_was_changed_afterwards_is_an_error_as_elsewhere()
    {
        var model = nn.Sequential(nn.Conv2d(1, 2, kernel_size: 3, dilation: 2));
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var loader = new BatchLoader(rand(1, 1, 9, 9), zeros(1, int64), 1);
        using var fastPath = new FastPath(model, optimizer, loader, CPU, ownKernels: true);
        Tensor input = rand(1, 1, 9, 9).requires_grad_() * 1;
        Tensor loss = model.forward(input).sum();

        input.add_(1);

        Assert.Contains("modified by an inplace operation", Assert.Throws<InvalidOperationException>(() => fastPath.Backward(loss)).Message);
    }

    private Action? TakeOver(nn.Module layer) => ConvolutionGradient.TakeOver(layer, e => failure ??= e);

    // Sums of squares, so that each pixel of the output has another gradient.
    private Tensor[] Gradients(Conv2d layer, Tensor images)
    {
        Tensor input = images.detach().requires_grad_();
        layer.zero_grad();
        layer.call(input).square().sum().backward();
        Assert.Null(failure);
        return [input.grad!.clone(), layer.weight.grad!.clone(), layer.bias!.grad!.clone()];
    }

    private float[] OfWeight(Conv2d layer, Tensor images) => [.. Gradients(layer, images)[1].data<float>()];
}
