using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class CancellationTests : ScratchTests
{
    [Fact]
    public void A_cancelled_training_keeps_its_latest_weights_and_each_layers_mode()
    {
        var cancelled = TrainingCase.Create("batch normalisation");
        cancelled.Model.children().First().eval();
        using var cancellation = new CancellationTokenSource();
        Tensor? latest = null;
        var canceller = new Recorder(_ =>
        {
            latest = cancelled.State;
            cancellation.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => cancelled.Train(numEpochs: 5, canceller, cancellation.Token));

        Assert.Single(canceller.Epochs);
        Assert.True(cancelled.State.Equals(latest!));
        Assert.Equal([false, true, true, true, true], cancelled.Model.children().Select(layer => layer.training));
    }

    [Fact]
    public void A_training_that_is_cancelled_before_it_begins_changes_nothing()
    {
        var cancelled = TrainingCase.Create("the tutorial's network");
        Tensor before = cancelled.State;

        Assert.Throws<OperationCanceledException>(
            () => cancelled.Train(numEpochs: 1, cancellationToken: new CancellationToken(canceled: true)));

        Assert.True(cancelled.State.Equals(before));
        Assert.True(cancelled.Model.training);
    }
}
