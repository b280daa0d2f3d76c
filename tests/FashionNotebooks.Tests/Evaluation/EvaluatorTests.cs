using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class EvaluatorTests : ScratchTests
{
    [Fact]
    public void Predicts_the_highest_logit_whatever_the_batch_size_and_leaves_each_layer_in_its_mode()
    {
        BatchNorm2d frozen = nn.BatchNorm2d(1);
        Dropout dropout = nn.Dropout();
        Sequential model = nn.Sequential(frozen, dropout, nn.Flatten(), nn.Linear(4, 3));
        frozen.eval();
        Tensor images = rand(10, 1, 2, 2);

        Tensor predictions = Evaluator.Predict(model, images, batchSize: 3);

        Assert.Equal([true, false, true], new nn.Module[] { model, frozen, dropout }.Select(module => module.training));
        model.eval();
        Assert.Equal(model.forward(images).argmax(1).data<long>(), predictions.data<long>());
    }

    [Fact]
    public void A_layer_stays_in_its_mode_when_the_images_do_not_fit()
    {
        var model = new ConvNet();

        Assert.ThrowsAny<Exception>(() => Evaluator.Logits(model, rand(2, 3, 28, 28)));

        Assert.True(model.training);
    }

    [Theory]
    [InlineData(new long[] { 0, 1, 28, 28 })]
    [InlineData(new long[] { })]
    public void Without_images_there_are_no_logits(long[] shape)
    {
        AssertRefused("expected at least one", () => Evaluator.Logits(new ConvNet(), zeros(shape)));
        AssertRefused("expected at least one", () => Evaluator.Predict(new ConvNet(), zeros(shape)));
    }

    [Fact]
    public void A_model_that_does_not_return_logits_is_refused() => AssertRefused(
        "[5, 2, 26, 26] Float32: expected [N, classes]",
        () => Evaluator.Predict(nn.Conv2d(1, 2, kernel_size: 3), rand(5, 1, 28, 28)));

    [Fact]
    public void Accuracy_is_the_share_of_hits()
    {
        Assert.Equal(0.75, Evaluator.Accuracy(tensor([0L, 1, 2, 2]), tensor([0L, 1, 2, 0])));

        // Every second label is taken from where it lies.
        Tensor column = tensor([0L, 9, 1, 9, 2, 9]).reshape(3, 2).select(1, 0);
        Assert.Equal(1, Evaluator.Accuracy(column, tensor([0L, 1, 2])));
    }

    // The mean of none would be no number.
    [Fact]
    public void What_is_no_list_of_classes_is_refused()
    {
        Tensor good = tensor([0L, 1, 2]);
        Tensor[] others =
            [tensor([0, 1, 2]), tensor([0f, 1, 2]), good.reshape(3, 1), tensor(0L), zeros([0], ScalarType.Int64)];

        Assert.All(others, bad =>
        {
            string message = $"are {bad.Describe()}: expected [N] Int64, N of 1 or more";
            AssertRefused($"The labels {message}", () => Evaluator.Accuracy(bad, good));
            AssertRefused($"The predictions {message}", () => Evaluator.Accuracy(good, bad));
            AssertRefused($"The labels {message}", () => new ConfusionMatrix(bad, good, ["cat", "dog", "bird"]));
            AssertRefused($"The predictions {message}", () => new ConfusionMatrix(good, bad, ["cat", "dog", "bird"]));
            AssertRefused($"The labels {message}", () => Evaluator.MostConfidentMistakes(bad, zeros(3, 3)));
        });
    }

    [Fact]
    public void The_most_confident_mistakes_come_first()
    {
        Tensor labels = tensor([0L, 0, 2, 2]);
        Tensor logits = tensor(new float[] { 5, 0, 0, 0, 1, 0, 0, 9, 0, 0, 3, 0 }).reshape(4, 3);

        IReadOnlyList<Mistake> mistakes = Evaluator.MostConfidentMistakes(labels, logits, count: 2);

        Assert.Equal(
            [(2, 2, 1), (3, 2, 1)],
            mistakes.Select(mistake => (mistake.Index, mistake.TrueClass, mistake.PredictedClass)));
        Assert.Equal(Math.Exp(9) / (Math.Exp(9) + 2), mistakes[0].Probability, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluator.MostConfidentMistakes(labels, logits, -1));
    }

    [Theory]
    [InlineData(ScalarType.Float16, 3)]
    [InlineData(ScalarType.BFloat16, 3)]
    [InlineData(ScalarType.Float32, 6)]
    [InlineData(ScalarType.Float64, 12)]
    public void Mistakes_are_found_in_logits_of_any_floating_point_type(ScalarType type, int digits)
    {
        Tensor logits = tensor(new float[] { 5, 0, 0, 0, 3, 0 }).reshape(2, 3).to(type).requires_grad_();

        Mistake mistake = Assert.Single(Evaluator.MostConfidentMistakes(tensor([0L, 2]), logits));

        Assert.Equal(new Mistake(1, 2, 1, mistake.Probability), mistake);
        Assert.Equal(Math.Exp(3) / (Math.Exp(3) + 2), mistake.Probability, digits);
    }

    [Theory]
    [InlineData(ScalarType.Int64, 1L, 3L)]
    [InlineData(ScalarType.Bool, 1L, 3L)]
    [InlineData(ScalarType.ComplexFloat32, 1L, 3L)]
    [InlineData(ScalarType.Float32, 3L)]
    [InlineData(ScalarType.Float32, 1L, 0L)]
    [InlineData(ScalarType.Float32, 1L, 3L, 1L)]
    public void Logits_of_another_type_or_shape_are_refused(ScalarType type, params long[] shape) => AssertRefused(
        $"[{string.Join(", ", shape)}] {type}: expected [N, classes] floating point",
        () => Evaluator.MostConfidentMistakes(tensor([0L]), zeros(shape, type)));

    [Fact]
    public void Labels_of_other_images_or_classes_are_refused()
    {
        AssertRefused(
            "3 labels do not go with 2 predictions", () => Evaluator.Accuracy(zeros(3, int64), zeros(2, int64)));
        AssertRefused("1 labels do not go with 4", () => Evaluator.MostConfidentMistakes(tensor([0L]), zeros(4, 3)));
        AssertRefused("3, label 0, is no index", () => Evaluator.MostConfidentMistakes(tensor([3L]), zeros(1, 3)));
        AssertRefused("at least one accuracy", () => new AccuracySample("none", [], 0.9));
    }

    internal static void AssertRefused(string message, Func<object> ask) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(ask).Message);
}
