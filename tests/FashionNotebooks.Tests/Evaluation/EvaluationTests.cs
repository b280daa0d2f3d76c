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
        Assert.False(model.training);
    }

    [Fact]
    public void Accuracy_is_the_share_of_hits()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(0.75, Evaluator.Accuracy(tensor([0L, 1, 2, 2]), tensor([0L, 1, 2, 0])));
        Assert.Throws<ArgumentException>(() => Evaluator.Accuracy(tensor([0L]), tensor([0L, 1])));
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

        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(tensor([3L]), tensor([0L]), Classes));
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
    public void Mistakes_come_surest_first()
    {
        using var scope = NewDisposeScope();
        Tensor logits = tensor(new float[] { 5, 0, 0, 0, 1, 0, 0, 9, 0, 0, 3, 0 }).reshape(4, 3);

        IReadOnlyList<Mistake> mistakes = Evaluator.MostConfidentMistakes(tensor([0L, 0, 2, 2]), logits, count: 2);

        Assert.Equal([2, 3], mistakes.Select(mistake => mistake.Index));
        Assert.Equal([(2, 1), (2, 1)], mistakes.Select(mistake => (mistake.TrueClass, mistake.PredictedClass)));
        Assert.Equal(Math.Exp(9) / (Math.Exp(9) + 2), mistakes[0].Probability, 5);
        Assert.Throws<ArgumentException>(() => Evaluator.MostConfidentMistakes(tensor([0L]), logits));
    }
}
