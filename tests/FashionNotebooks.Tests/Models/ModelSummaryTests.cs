using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionNotebooks.Tests;

/// <summary>To sum a model up leaves no trace in it; <see cref="NetworkTests"/> has the tables themselves.</summary>
public class ModelSummaryTests : ScratchTests
{
    [Fact]
    public void Html_has_the_total_of_the_network_too() =>
        Assert.Contains("334,154", ModelSummary.Of(new ConvNet()).ToHtml());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_layer_stays_in_the_mode_it_was_in(bool training)
    {
        BatchNorm2d frozen = BatchNorm2d(1);
        Dropout dropout = Dropout();
        Sequential model = Sequential(frozen, dropout);
        model.train(training);
        frozen.eval();

        ModelSummary.Of(model);

        Assert.Equal(
            [training, false, training], new Module[] { model, frozen, dropout }.Select(module => module.training));
    }

    [Fact]
    public void A_network_in_another_dtype_is_summed_up_too()
    {
        using var model = new ConvNet();
        model.to(ScalarType.Float64);

        Assert.Equal(334_154, ModelSummary.Of(model).Parameters);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(28)]
    public void A_later_forward_is_not_watched_whether_or_not_the_image_did_fit(int width)
    {
        var layer = new Counting();
        Sequential model = Sequential(layer, Linear(width, 2));
        Assert.Equal(width != 28, Record.Exception(() => ModelSummary.Of(model)) is not null);
        int asked = layer.Asked;

        model.forward(zeros(1, 1, 28, width));

        Assert.Equal(asked, layer.Asked);
    }

    [Fact]
    public void No_tensor_stays_alive()
    {
        using var model = new ConvNet();
        long before = Tensor.TotalCount;

        ModelSummary.Of(model);

        // A finalizer of another test may lower the count meanwhile, nothing may raise it.
        Assert.True(Tensor.TotalCount <= before);
    }

    /// <summary>Passes tensors on and counts how often it is asked for its parameters, as the summary does.</summary>
    private sealed class Counting() : Module<Tensor, Tensor>(nameof(Counting))
    {
        public int Asked { get; private set; }

        public override IEnumerable<Parameter> parameters(bool recurse = true)
        {
            Asked++;
            return base.parameters(recurse);
        }

        public override Tensor forward(Tensor input) => input.alias();
    }
}
