using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionNotebooks.Tests;

public class ModelSummaryTests
{
    [Fact]
    public void Lists_the_layers_of_ConvNet_with_shapes_and_parameters()
    {
        using var model = new ConvNet();

        Assert.Equal(
            [
                "conv1.0 Conv2d [1, 16, 28, 28] 160",
                "conv1.1 ReLU [1, 16, 28, 28] 0",
                "conv1.2 AvgPool2d [1, 16, 14, 14] 0",
                "conv2.0 Conv2d [1, 32, 12, 12] 4640",
                "conv2.1 ReLU [1, 32, 12, 12] 0",
                "conv2.2 AvgPool2d [1, 32, 6, 6] 0",
                "classifier.0 Linear [1, 256] 295168",
                "classifier.1 ReLU [1, 256] 0",
                "classifier.2 Linear [1, 128] 32896",
                "classifier.3 ReLU [1, 128] 0",
                "classifier.4 Linear [1, 10] 1290",
            ],
            Describe(ModelSummary.Of(model)));
    }

    [Fact]
    public void Dilation_leaves_smaller_maps_and_fewer_parameters()
    {
        using var model = new DilatedConvNet();

        string[] layers = [.. Describe(ModelSummary.Of(model))];

        Assert.Equal("conv1.0 Conv2d [1, 16, 26, 26] 160", layers[0]);
        Assert.Equal("conv2.0 Conv2d [1, 32, 9, 9] 4640", layers[3]);
        Assert.Equal("conv2.2 AvgPool2d [1, 32, 4, 4] 0", layers[5]);
        Assert.Equal("classifier.0 Linear [1, 256] 131328", layers[6]);
    }

    [Fact]
    public void The_total_is_that_of_the_network_and_ends_the_table()
    {
        using var model = new ConvNet();

        ModelSummary summary = ModelSummary.Of(model);

        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), summary.Parameters);
        Assert.Matches(@"\nTotal +334,154$", summary.ToString());
        Assert.Contains("334,154", summary.ToHtml());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_training_mode_stays_as_it_was(bool training)
    {
        using var model = new ConvNet();
        model.train(training);

        ModelSummary.Of(model);

        Assert.All(model.named_modules(), entry => Assert.Equal(training, entry.module.training));
    }

    [Fact]
    public void A_frozen_layer_stays_frozen()
    {
        using BatchNorm2d frozen = BatchNorm2d(1);
        using Dropout dropout = Dropout();
        using Sequential model = Sequential(frozen, dropout);
        frozen.eval();

        ModelSummary.Of(model);

        Assert.Equal([true, false, true], new Module[] { model, frozen, dropout }.Select(module => module.training));
    }

    [Fact]
    public void A_network_in_another_dtype_is_summed_up_too()
    {
        using var model = new ConvNet();
        model.to(ScalarType.Float64);

        Assert.Equal(11, ModelSummary.Of(model).Layers.Count);
    }

    [Fact]
    public void A_later_forward_is_not_watched()
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();
        ModelSummary summary = ModelSummary.Of(model);

        model.forward(zeros(1, 1, 28, 28));

        Assert.Equal(11, summary.Layers.Count);
    }

    [Fact]
    public void A_later_forward_is_not_watched_when_the_image_did_not_fit()
    {
        using var scope = NewDisposeScope();
        using var layer = new Counting();
        using Sequential model = Sequential(layer, Linear(5, 2));
        Assert.ThrowsAny<Exception>(() => ModelSummary.Of(model));
        int asked = layer.Asked;

        model.forward(zeros(1, 1, 28, 5));

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

    private static IEnumerable<string> Describe(ModelSummary summary) => summary.Layers.Select(layer =>
        $"{layer.Name} {layer.Type} [{string.Join(", ", layer.OutputShape)}] {layer.Parameters}");

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
