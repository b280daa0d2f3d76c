using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class MemoryFormatTests : IDisposable
{
    public static TheoryData<string> NetworkNames => [.. Networks.Names];

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_channels_of_a_pixel_lie_side_by_side()
    {
        using Conv2d conv = nn.Conv2d(3, 5, kernel_size: (4, 2));

        Assert.Same(conv, conv.ToChannelsLast());

        // [K, C, H, W] = [5, 3, 4, 2].
        Assert.Equal([24, 1, 6, 3], conv.weight.stride());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Values_names_and_shapes_stay(ScalarType type)
    {
        using var model = new DilatedConvNet();
        model.to(type);
        (string name, Tensor values)[] before =
            [.. model.state_dict().Select(entry => (entry.Key, entry.Value.clone()))];

        model.ToChannelsLast();

        Assert.All(before.Zip(model.state_dict()), pair =>
        {
            ((string name, Tensor values), (string newName, Tensor newValues)) = pair;
            Assert.Equal(name, newName);
            Assert.Equal(values.shape, newValues.shape);
            Assert.Equal(type, newValues.dtype);
            Assert.True(values.Equals(newValues));
        });
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Logits_change_in_their_last_digits_only(string network)
    {
        using nn.Module<Tensor, Tensor> model = Networks.Create(network);
        Tensor images = rand(32, 1, 28, 28);
        Tensor before = model.forward(images);

        Tensor after = model.ToChannelsLast().forward(images);

        Assert.True(before.allclose(after, rtol: 0, atol: 1e-5));
    }

    [Fact]
    public void An_Adam_made_before_goes_on_with_what_it_remembers()
    {
        using var model = new ConvNet();
        using var other = new ConvNet();
        other.load_state_dict(model.state_dict());
        using var adam = optim.Adam(model.parameters());
        using var otherAdam = optim.Adam(other.parameters());
        Tensor images = rand(8, 1, 28, 28);
        Step(model, adam, images);
        Step(other, otherAdam, images);

        model.ToChannelsLast();
        Assert.Equal([144, 1, 48, 16], model.get_parameter("conv2.0.weight")!.grad!.stride());
        Step(model, adam, images);
        Step(other, otherAdam, images);

        Assert.All(model.parameters().Zip(other.parameters()), pair =>
            Assert.True(pair.First.allclose(pair.Second, rtol: 0, atol: 1e-5)));
    }

    [Fact]
    public void Buffers_of_four_dimensions_are_put_in_order_too()
    {
        using var model = new WithBuffer();

        model.ToChannelsLast();

        Assert.Equal([24, 1, 6, 3], model.buffers().Single().stride());
    }

    [Fact]
    public void No_tensor_stays_alive()
    {
        using var model = new ConvNet();
        long before = Tensor.TotalCount;

        model.ToChannelsLast();

        // A finalizer of another test may lower the count meanwhile, nothing may raise it.
        Assert.True(Tensor.TotalCount <= before);
    }

    private static void Step(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor images)
    {
        optimizer.zero_grad();
        model.forward(images).square().sum().backward();
        optimizer.step();
    }

    private sealed class WithBuffer : nn.Module<Tensor, Tensor>
    {
        public WithBuffer()
            : base(nameof(WithBuffer)) => register_buffer("pattern", rand(5, 3, 4, 2));

        public override Tensor forward(Tensor input) => input.alias();
    }
}
