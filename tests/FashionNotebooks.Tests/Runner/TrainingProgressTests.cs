using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

public sealed class TrainingProgressTests : IDisposable
{
    private readonly TrainingProgress progress = new();

    public void Dispose() => progress.Dispose();

    [Fact]
    public void Nothing_is_said_while_nothing_is_trained() => Assert.Equal("", progress.ToString());

    [Fact]
    public void The_time_left_is_told_after_the_first_epoch()
    {
        TrainEvents.Log.Epoch(0, 25);
        Assert.Equal(", epoch 1 of 25", progress.ToString());

        TrainEvents.Log.Epoch(1, 25);
        Assert.Matches(@"^, epoch 2 of 25, about \d+:\d\d left$", progress.ToString());
    }

    [Fact]
    public void A_training_that_goes_on_from_a_checkpoint_begins_in_the_middle()
    {
        TrainEvents.Log.Epoch(0, 25);
        TrainEvents.Log.Epoch(7, 25);

        Assert.Equal(", epoch 8 of 25", progress.ToString());
    }

    [Fact]
    public void Another_training_begins_anew_and_another_cell_has_none()
    {
        TrainEvents.Log.Epoch(0, 25);
        TrainEvents.Log.Epoch(1, 25);
        TrainEvents.Log.Epoch(0, 10);
        Assert.Equal(", epoch 1 of 10", progress.ToString());

        progress.Clear();
        Assert.Equal("", progress.ToString());
    }
}
