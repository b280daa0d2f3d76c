using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class AveragePoolGradientTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private Exception? failure;

    public AveragePoolGradientTests() => manual_seed(1);

    public void Dispose() => scope.Dispose();

    public static TheoryData<AvgPool2d, int, int> Layers => new()
    {
        { nn.AvgPool2d(2), 12, 12 },
        { nn.AvgPool2d(2, stride: 2), 9, 9 },
        { nn.AvgPool2d(3, stride: 3), 14, 26 },
        { nn.AvgPool2d((2, 5), (2, 5)), 8, 21 },
        { nn.AvgPool2d([40L]), 80, 125 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_gradient_is_libtorchs_to_the_last_digit(AvgPool2d layer, int height, int width)
    {
        Tensor images = ChannelsLast(rand(4, 3, height, width));
        float[] expected = Gradient(layer, images);

        Action giveBack = Assert.IsType<Action>(TakeOver(layer));
        float[] actual = Gradient(layer, images, isOwn: true);
        giveBack();

        Assert.Equal(expected, actual);
        Assert.Equal(expected, Gradient(layer, images));
    }

    [Fact]
    public void A_layer_whose_gradient_has_the_order_of_the_rest_goes_back_to_libtorch()
    {
        AvgPool2d layer = nn.AvgPool2d(2);
        Tensor images = ChannelsLast(rand(2, 3, 8, 8));
        TakeOver(layer);

        float[] first = Gradient(layer, images, isOwn: true, flatten: output => output.permute(0, 2, 3, 1).flatten());
        float[] second = Gradient(layer, images, flatten: output => output.permute(0, 2, 3, 1).flatten());

        Assert.Equal(first, second);
    }

    [Fact]
    public void Images_in_the_usual_order_are_left_to_libtorch()
    {
        AvgPool2d layer = nn.AvgPool2d(2);
        TakeOver(layer);

        Gradient(layer, rand(2, 3, 8, 8));
    }

    [Fact]
    public void Layers_that_it_does_not_know_are_left_alone() => Assert.All(
        new nn.Module[]
        {
            nn.MaxPool2d(2),
            nn.AvgPool2d(2, stride: 1),
            nn.AvgPool2d(41),
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

    private static Tensor ChannelsLast(Tensor images) => images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private Action? TakeOver(nn.Module layer) => AveragePoolGradient.TakeOver(layer, e => failure ??= e);

    // Each pixel of the output gets another gradient; behind a flatten it comes in the usual order.
    private float[] Gradient(AvgPool2d layer, Tensor images, bool isOwn = false, Func<Tensor, Tensor>? flatten = null)
    {
        Tensor input = images.detach().requires_grad_();
        Tensor output = layer.call(input);
        Tensor flat = flatten is null ? output.flatten() : flatten(output);
        Tensor loss = flat.mul(arange(output.numel(), float32).sqrt().neg()).sum();
        Tensor gradient = autograd.grad([loss], [input]).Single();
        Assert.Null(failure);
        float[] numbers = [.. gradient.contiguous().data<float>()];
        Assert.Equal(isOwn, float.IsNegative(numbers[0])); // minus zero, which libtorch adds to zero
        return numbers;
    }
}
