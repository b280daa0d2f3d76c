using Snapshooter.Xunit3;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>The matrix, and the report that is made of it.</summary>
public class ConfusionMatrixTests : ScratchTests
{
    private static readonly string[] Classes = ["cat", "dog", "bird"];

    // Of three cats two were taken for dogs, of the dogs none for what it is.
    private readonly ConfusionMatrix confusion =
        new(tensor([0L, 0, 0, 1, 2, 2]), tensor([0L, 1, 1, 0, 2, 1]), Classes);

    [Fact]
    public void True_classes_are_in_rows() => Assert.Equal(
        [1, 2, 0, 1, 0, 0, 0, 1, 1],
        from row in Enumerable.Range(0, 3)
        from column in Enumerable.Range(0, 3)
        select confusion[row, column]);

    [Fact]
    public void A_pair_counts_both_directions_and_the_most_confused_comes_first()
    {
        Assert.Equal(3, confusion.Pair(0, 1).Total);
        Assert.Equal(0, confusion.Pair(0, 2).Total);
        Assert.Equal([new("cat", "dog", 2, 1), new("dog", "bird", 0, 1)], confusion.MostConfused());
        Assert.Single(confusion.MostConfused(1));
    }

    [Theory]
    [InlineData(3, 0, "3, label 0, is no index of 3 classes: expected 0 to 2")]
    [InlineData(-1, 0, "-1, label 0, is no index")]
    [InlineData(0, 3, "3, prediction 0, is no index")]
    public void A_label_without_a_class_is_refused(long label, long prediction, string message) =>
        EvaluatorTests.AssertRefused(
            message, () => new ConfusionMatrix(tensor([label]), tensor([prediction]), Classes));

    [Fact]
    public void A_class_that_the_matrix_does_not_have_is_out_of_range()
    {
        Assert.Equal("trueClass", OutOfRange(() => confusion[3, 0]));
        Assert.Equal("predictedClass", OutOfRange(() => confusion[0, -1]));
        Assert.Equal("first", OutOfRange(() => confusion.Pair(-1, 0)));
        Assert.Equal("second", OutOfRange(() => confusion.Pair(0, 3)));
        Assert.Equal("count", OutOfRange(() => confusion.MostConfused(-1)));
    }

    // Worked out by hand; bird is never predicted, so that its precision has a quotient by zero.
    [Fact]
    public void The_report_has_precision_recall_and_F1()
    {
        var report = new ClassificationReport(
            new ConfusionMatrix(tensor([0L, 0, 0, 1, 2]), tensor([0L, 0, 1, 1, 1]), Classes));

        Assert.Equal(
            [new("cat", 1, 2 / 3.0, 3), new("dog", 1 / 3.0, 1, 1), new("bird", 0, 0, 1)], report.Classes);
        Assert.Equal([0.8, 0.5, 0], report.Classes.Select(metrics => metrics.F1));
        Assert.Equal(0.6, report.Accuracy, 12);
        Snapshot.Match(report.ToString());
    }

    private static string? OutOfRange(Func<object> ask) => Assert.Throws<ArgumentOutOfRangeException>(ask).ParamName;
}
