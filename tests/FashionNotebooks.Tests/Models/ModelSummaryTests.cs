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

    // A layer that is called twice, parameters used beside the layers, and layers that are not called.
    [Theory]
    [InlineData("a module used twice", "0 0 1", "10 0 650")]
    [InlineData("two parameters over one storage", " head", "72 650")]
    [InlineData("rows read by a recurrent network", "1 0", "650 432")]
    [InlineData("a detached weight used in forward", "conv head", "40 2570")]
    public void Rows_add_up_to_the_total(string name, string names, string parameters)
    {
        ModelSummary summary = ModelSummary.Of(TrainingCase.Create(name).Model, height: 8, width: 8);

        Assert.Equal(names, string.Join(' ', summary.Layers.Select(layer => layer.Name)));
        Assert.Equal(parameters, string.Join(' ', summary.Layers.Select(layer => layer.Parameters)));
        Assert.Equal(TrainingCase.Create(name).Model.parameters().Sum(each => each.numel()), summary.Parameters);
    }

    [Fact]
    public void A_layer_whose_output_is_not_seen_stands_behind_the_others()
    {
        var model = new CustomModel(
            (x, its) => its[2].call(((LSTM)its[1]).call(its[0].call(x).squeeze(1)).Item1.select(1, -1)),
            Sequential(Conv2d(1, 1, kernel_size: 3, padding: 1L)), LSTM(28, 16, batchFirst: true), Linear(16, 10));

        Assert.Equal(
            """
            Layer  Type    Output shape    Parameters
            0.0    Conv2d  [1, 1, 28, 28]          10
            2      Linear  [1, 10]                170
            1      LSTM    ?                    2,944
            Total                               3,124
            """,
            ModelSummary.Of(model).ToString());
    }

    [Fact]
    public void Weights_that_two_layers_share_are_counted_once()
    {
        (Linear first, Linear second) = (Linear(28, 28, hasBias: false), Linear(28, 28, hasBias: false));
        second.weight = first.weight;

        Assert.Equal([784, 0], ModelSummary.Of(Sequential(first, second)).Layers.Select(layer => layer.Parameters));
    }

    [Fact]
    public void One_model_is_summed_up_by_several_threads()
    {
        var model = new ConvNet();
        int[] rows = new int[12];
        Parallel.For(0, rows.Length, i => rows[i] = ModelSummary.Of(model).Layers.Count);
        Assert.All(rows, count => Assert.Equal(11, count));
        Assert.True(model.training);
    }

    [Fact]
    public void An_image_that_the_model_does_not_take_is_named_in_words()
    {
        var e = Assert.Throws<ArgumentException>(() => ModelSummary.Of(new ConvNet(), height: 32, width: 32));
        Assert.Contains("ConvNet does not take images [1, 1, 32, 32] Float32: mat1 and mat2 shapes", e.Message);
        Assert.DoesNotContain("frame #", e.ToString()); // of a C++ stack
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
