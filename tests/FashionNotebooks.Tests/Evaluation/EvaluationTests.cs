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
}
