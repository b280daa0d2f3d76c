using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class CancellationTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_cancelled_training_keeps_its_latest_weights_and_each_layers_mode()
    {
        var expected = TrainingCase.Create("batch normalisation");
        Train(expected, numEpochs: 1);
        var cancelled = TrainingCase.Create("batch normalisation");
        cancelled.Model.children().First().eval();
        using var cancellation = new CancellationTokenSource();
        var canceller = new Recorder(_ => cancellation.Cancel());

        Assert.Throws<OperationCanceledException>(() => Train(cancelled, numEpochs: 5, canceller, cancellation.Token));

        Assert.Single(canceller.Epochs);
        Assert.All(
            expected.Model.parameters().Zip(cancelled.Model.parameters()),
            pair => Assert.Equal(pair.First.data<float>(), pair.Second.data<float>()));
        Assert.Equal([false, true, true, true, true], cancelled.Model.children().Select(layer => layer.training));
    }

    [Fact]
    public void A_training_that_is_cancelled_before_it_begins_changes_nothing()
    {
        var cancelled = TrainingCase.Create("the tutorial's network");
        float[] before = [.. cancelled.Model.parameters().First().data<float>()];

        Assert.Throws<OperationCanceledException>(
            () => Train(cancelled, numEpochs: 1, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(before, cancelled.Model.parameters().First().data<float>());
        Assert.True(cancelled.Model.training);
    }

    private static void Train(
        TrainingCase its, int numEpochs, Recorder? recorder = null, CancellationToken cancellationToken = default) =>
        Trainer.TrainModel(
            its.Model, its.Loader, nn.CrossEntropyLoss(), its.Optimizer,
            new TrainOptions { NumEpochs = numEpochs }, recorder, cancellationToken);
}
