using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class MemoryFormatTests : ScratchTests
{
    public static TheoryData<string> NetworkNames => [.. Networks.Names];

    [Fact]
    public void The_channels_of_a_pixel_lie_side_by_side()
    {
        Conv2d conv = nn.Conv2d(3, 5, kernel_size: (4, 2));
        conv.register_buffer("pattern", rand(5, 3, 4, 2));

        Assert.Same(conv, conv.ToChannelsLast());

        // [K, C, H, W] = [5, 3, 4, 2].
        Assert.Equal([24, 1, 6, 3], conv.weight.stride());
        Assert.Equal([24, 1, 6, 3], conv.buffers().Single().stride());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Values_names_and_shapes_stay(ScalarType type)
    {
        var model = new DilatedConvNet();
        model.to(type);
        Dictionary<string, Tensor> before = model.state_dict().ToDictionary(
            entry => entry.Key, entry => entry.Value.detach().clone());

        model.ToChannelsLast();

        Assert.Equal(before.Keys, model.state_dict().Keys);
        Assert.All(model.state_dict(), entry =>
        {
            Assert.Equal(type, entry.Value.dtype);
            Assert.True(entry.Value.Equals(before[entry.Key]));
            Assert.True(entry.Value.requires_grad && entry.Value.is_leaf);
        });
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Logits_change_in_their_last_digits_only(string network)
    {
        nn.Module<Tensor, Tensor> model = Networks.Create(network);
        Tensor images = rand(32, 1, 28, 28);
        Tensor before = model.forward(images);

        Tensor after = model.ToChannelsLast().forward(images);

        Assert.True(before.allclose(after, rtol: 0, atol: 1e-5));
    }

    [Fact]
    public void An_Adam_made_before_goes_on_with_what_it_remembers()
    {
        var model = new ConvNet();
        var other = new ConvNet();
        other.load_state_dict(model.state_dict());
        var adam = optim.Adam(model.parameters());
        var otherAdam = optim.Adam(other.parameters());
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
}
