using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class AveragePoolGradientTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public AveragePoolGradientTests() => manual_seed(1);

    public void Dispose() => scope.Dispose();

    public static TheoryData<AvgPool2d, int, int> Layers => new()
    {
        { nn.AvgPool2d(2), 12, 12 },
        { nn.AvgPool2d(2, stride: 2), 9, 9 },
        { nn.AvgPool2d(3, stride: 3), 14, 26 },
        { nn.AvgPool2d((2, 5), (2, 5)), 8, 21 },
        { nn.AvgPool2d([25L]), 50, 75 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_gradient_is_libtorchs_to_the_last_digit(AvgPool2d layer, int height, int width)
    {
        Tensor images = rand(4, 3, height, width);
        float[] expected = Gradient(layer, images, out _);

        Action giveBack = Assert.IsType<Action>(TakeOver(layer));
        float[] actual = Gradient(layer, images, out bool isOwn);
        giveBack();

        Assert.True(isOwn);
        Assert.Equal(expected, actual);
        Assert.Equal(expected, Gradient(layer, images, out isOwn));
        Assert.False(isOwn);
    }

    [Fact]
    public void A_layer_whose_gradient_has_the_order_of_the_rest_goes_back_to_libtorch()
    {
        AvgPool2d layer = nn.AvgPool2d(2);
        Tensor images = rand(2, 3, 8, 8);
        TakeOver(layer);

        float[] first = Gradient(layer, images, out bool isOwn, channelsLast: true);
        float[] second = Gradient(layer, images, out bool isOwnAgain, channelsLast: true);

        Assert.True(isOwn);
        Assert.False(isOwnAgain);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Layers_that_it_does_not_know_are_left_alone() => Assert.All(
        new nn.Module[]
        {
            nn.MaxPool2d(2),
            nn.AvgPool2d(2, stride: 1),
            nn.AvgPool2d((2, 3), (2, 2)),
            nn.AvgPool2d(2, stride: 2, padding: 1),
            nn.AvgPool2d(2, stride: 2, ceil_mode: true),
            nn.AvgPool2d(2, stride: 2, divisor_override: 3),
        },
        layer => Assert.Null(TakeOver(layer)));

    [Fact]
    public void A_layer_with_a_hook_is_left_alone()
    {
        AvgPool2d layer = nn.AvgPool2d(2);
        layer.register_forward_hook((_, _, output) => output * 2);

        Assert.Null(TakeOver(layer));
    }

    private static Action? TakeOver(nn.Module layer) => AveragePoolGradient.TakeOver(layer, e => Assert.Fail(e.Message));

    // Each pixel of the output gets another gradient; behind a flatten it comes in the usual order.
    private static float[] Gradient(AvgPool2d layer, Tensor images, out bool isOwn, bool channelsLast = false)
    {
        Tensor input = images.detach().clone().requires_grad_();
        Tensor output = layer.call(input);
        Tensor weights = arange(output.numel(), float32).sqrt();
        Tensor loss = (channelsLast ? output.permute(0, 2, 3, 1).flatten() : output.flatten()).mul(weights).sum();
        Tensor gradient = autograd.grad([loss], [input]).Single();
        isOwn = !gradient.is_contiguous(); // libtorch's is in the order of the images
        return [.. gradient.contiguous().data<float>()];
    }
}
