using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class EvaluationTests
{
    private static readonly string[] Classes = ["cat", "dog", "bird"];

    [Fact]
    public void Predict_takes_the_highest_logit_whatever_the_batch_size()
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();
        Tensor images = rand(10, 1, 28, 28);

        Tensor predictions = Evaluator.Predict(model, images, batchSize: 3);

        Assert.Equal(model.forward(images).argmax(1).data<long>(), predictions.data<long>());
    }

    [Fact]
    public void Each_layer_stays_in_the_mode_it_was_in()
    {
        using var scope = NewDisposeScope();
        using BatchNorm2d frozen = nn.BatchNorm2d(1);
        using Dropout dropout = nn.Dropout();
        using Sequential model = nn.Sequential(frozen, dropout, nn.Flatten(), nn.Linear(4, 3));
        frozen.eval();
        Tensor images = rand(10, 1, 2, 2);

        Assert.Equal(Evaluator.Predict(model, images).data<long>(), Evaluator.Predict(model, images, 3).data<long>());

        Assert.Equal([true, false, true], new nn.Module[] { model, frozen, dropout }.Select(module => module.training));
    }

    [Fact]
    public void A_layer_stays_in_its_mode_when_the_images_do_not_fit()
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();

        Assert.ThrowsAny<Exception>(() => Evaluator.Logits(model, rand(2, 3, 28, 28)));

        Assert.True(model.training);
    }

    [Theory]
    [InlineData(new long[] { 0, 1, 28, 28 })]
    [InlineData(new long[] { 0 })]
    [InlineData(new long[] { })]
    public void Without_images_there_are_no_logits(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();

        AssertRefused("expected at least one", () => Evaluator.Logits(model, zeros(shape)));
        AssertRefused("expected at least one", () => Evaluator.Predict(model, zeros(shape)));
    }

    [Fact]
    public void A_model_that_does_not_return_logits_is_refused()
    {
        using var scope = NewDisposeScope();
        using Conv2d model = nn.Conv2d(1, 2, kernel_size: 3);

        AssertRefused("[5, 2, 26, 26] Float32: expected [N, classes]",
            () => Evaluator.Predict(model, rand(5, 1, 28, 28)));
    }

    [Fact]
    public void Accuracy_is_the_share_of_hits()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(0.75, Evaluator.Accuracy(tensor([0L, 1, 2, 2]), tensor([0L, 1, 2, 0])));
        Assert.Throws<ArgumentException>(() => Evaluator.Accuracy(tensor([0L]), tensor([0L, 1])));
    }

    // Not a number would go unnoticed into a mean or a table.
    [Fact]
    public void There_is_no_accuracy_of_nothing()
    {
        using var scope = NewDisposeScope();
        Tensor none = zeros([0], ScalarType.Int64);

        AssertRefused("expected [N] Int64, N of 1 or more", () => Evaluator.Accuracy(none, none));
        AssertRefused("expected [N] Int64, N of 1 or more", () => new ConfusionMatrix(none, none, Classes));
        AssertRefused("expected [N] Int64, N of 1 or more",
            () => Evaluator.MostConfidentMistakes(none, zeros(0, 3)));
        AssertRefused("at least one accuracy", () => new AccuracySample("none", [], 0.9));
    }

    [Fact]
    public void Labels_and_predictions_of_another_shape_or_dtype_are_refused()
    {
        using var scope = NewDisposeScope();
        Tensor labels = tensor([0L, 1, 2]);
        Tensor[] others = [tensor([0, 1, 2]), tensor([0f, 1, 2]), tensor([0L, 1, 2]).reshape(3, 1), tensor(0L)];

        foreach (Tensor other in others)
        {
            AssertRefused("The labels are [", () => Evaluator.Accuracy(other, labels));
            AssertRefused("The predictions are [", () => Evaluator.Accuracy(labels, other));
            AssertRefused("The labels are [", () => new ConfusionMatrix(other, labels, Classes));
            AssertRefused("The predictions are [", () => new ConfusionMatrix(labels, other, Classes));
            AssertRefused("The labels are [", () => Evaluator.MostConfidentMistakes(other, zeros(3, 3)));
        }

        AssertRefused("3 labels do not go with 2 predictions", () => Evaluator.Accuracy(labels, labels[..2]));
    }

    [Fact]
    public void Every_second_label_is_taken_from_where_it_lies()
    {
        using var scope = NewDisposeScope();
        Tensor labels = tensor([0L, 9, 1, 9, 2, 9]).reshape(3, 2).select(1, 0);

        Assert.Equal(1, Evaluator.Accuracy(labels, tensor([0L, 1, 2])));
    }

    [Fact]
    public void Confusion_has_true_classes_in_rows()
    {
        using var scope = NewDisposeScope();
        var confusion = new ConfusionMatrix(tensor([0L, 0, 0, 1, 2, 2]), tensor([0L, 1, 1, 0, 2, 1]), Classes);

        Assert.Equal(2, confusion[0, 1]);
        Assert.Equal(1, confusion[1, 0]);
        Assert.Equal(1, confusion[2, 2]);
        Assert.Equal([new("cat", "dog", 2, 1), new("dog", "bird", 0, 1)], confusion.MostConfused());
        Assert.Single(confusion.MostConfused(1));
    }

    [Fact]
    public void A_label_without_a_class_is_refused()
    {
        using var scope = NewDisposeScope();

        AssertRefused("3, label 0, is no index of 3 classes: expected 0 to 2",
            () => new ConfusionMatrix(tensor([3L]), tensor([0L]), Classes));
        AssertRefused("-1, label 0, is no index", () => new ConfusionMatrix(tensor([-1L]), tensor([0L]), Classes));
        AssertRefused("3, prediction 0, is no index", () => new ConfusionMatrix(tensor([0L]), tensor([3L]), Classes));
        AssertRefused("3, label 0, is no index", () => Evaluator.MostConfidentMistakes(tensor([3L]), zeros(1, 3)));
    }

    [Fact]
    public void A_class_that_the_matrix_does_not_have_is_out_of_range()
    {
        using var scope = NewDisposeScope();
        var confusion = new ConfusionMatrix(tensor([0L]), tensor([0L]), Classes);

        Assert.Equal("trueClass", OutOfRange(() => confusion[3, 0]));
        Assert.Equal("predictedClass", OutOfRange(() => confusion[0, -1]));
        Assert.Equal("first", OutOfRange(() => confusion.Pair(-1, 0)));
        Assert.Equal("second", OutOfRange(() => confusion.Pair(0, 3)));
        Assert.Equal("count", OutOfRange(() => confusion.MostConfused(-1)));
    }

    [Fact]
    public void A_pair_counts_both_directions()
    {
        using var scope = NewDisposeScope();
        var confusion = new ConfusionMatrix(tensor([0L, 0, 0, 1, 2, 2]), tensor([0L, 1, 1, 0, 2, 1]), Classes);

        Assert.Equal(3, confusion.Pair(0, 1).Total);
        Assert.Equal(0, confusion.Pair(0, 2).Total);
    }

    // Worked out by hand; bird is never predicted, so that its precision has a quotient by zero.
    [Fact]
    public void The_report_has_precision_recall_and_F1()
    {
        using var scope = NewDisposeScope();
        var report = new ClassificationReport(
            new ConfusionMatrix(tensor([0L, 0, 0, 1, 2]), tensor([0L, 0, 1, 1, 1]), Classes));

        Assert.Equal(
            [new("cat", 1, 2 / 3.0, 3), new("dog", 1 / 3.0, 1, 1), new("bird", 0, 0, 1)], report.Classes);
        Assert.Equal([0.8, 0.5, 0], report.Classes.Select(metrics => metrics.F1));
        Assert.Equal(0.6, report.Accuracy, 12);
        Assert.Contains("cat        1.000   0.667  0.800       3", report.ToString());
        Assert.Contains("Mean       0.444   0.556  0.433       5", report.ToString());
    }

    [Fact]
    public void The_most_confident_mistakes_come_first()
    {
        using var scope = NewDisposeScope();
        Tensor logits = tensor(new float[] { 5, 0, 0, 0, 1, 0, 0, 9, 0, 0, 3, 0 }).reshape(4, 3);

        IReadOnlyList<Mistake> mistakes = Evaluator.MostConfidentMistakes(tensor([0L, 0, 2, 2]), logits, count: 2);

        Assert.Equal([2, 3], mistakes.Select(mistake => mistake.Index));
        Assert.Equal([(2, 1), (2, 1)], mistakes.Select(mistake => (mistake.TrueClass, mistake.PredictedClass)));
        Assert.Equal(Math.Exp(9) / (Math.Exp(9) + 2), mistakes[0].Probability, 5);
        AssertRefused("1 labels do not go with 4", () => Evaluator.MostConfidentMistakes(tensor([0L]), logits));
        Assert.Equal("count", OutOfRange(() => Evaluator.MostConfidentMistakes(tensor([0L, 0, 2, 2]), logits, -1)));
    }

    [Theory]
    [InlineData(ScalarType.Float16, 3)]
    [InlineData(ScalarType.BFloat16, 3)]
    [InlineData(ScalarType.Float32, 6)]
    [InlineData(ScalarType.Float64, 12)]
    public void Mistakes_are_found_in_logits_of_any_floating_point_type(ScalarType type, int digits)
    {
        using var scope = NewDisposeScope();
        Tensor logits = tensor(new float[] { 5, 0, 0, 0, 3, 0 }).reshape(2, 3).to(type).requires_grad_();

        Mistake mistake = Assert.Single(Evaluator.MostConfidentMistakes(tensor([0L, 2]), logits));

        Assert.Equal((1, 2, 1), (mistake.Index, mistake.TrueClass, mistake.PredictedClass));
        Assert.Equal(Math.Exp(3) / (Math.Exp(3) + 2), mistake.Probability, digits);
    }

    [Theory]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.ComplexFloat32)]
    public void Logits_of_another_type_are_refused(ScalarType type)
    {
        using var scope = NewDisposeScope();

        AssertRefused($"[1, 3] {type}: expected [N, classes] floating point",
            () => Evaluator.MostConfidentMistakes(tensor([0L]), zeros(1, 3, type)));
    }

    [Theory]
    [InlineData(new long[] { 3 })]
    [InlineData(new long[] { 1, 0 })]
    [InlineData(new long[] { 1, 3, 1 })]
    public void Logits_of_another_shape_are_refused(long[] shape)
    {
        using var scope = NewDisposeScope();

        AssertRefused("expected [N, classes]", () => Evaluator.MostConfidentMistakes(tensor([0L]), zeros(shape)));
    }

    private static void AssertRefused(string message, Func<object> ask) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(ask).Message);

    private static string? OutOfRange(Func<object> ask) => Assert.Throws<ArgumentOutOfRangeException>(ask).ParamName;
}
