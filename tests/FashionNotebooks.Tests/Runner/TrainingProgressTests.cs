using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

public sealed class TrainingProgressTests : IDisposable
{
    private readonly Time time = new();
    private readonly TrainingProgress progress;

    public TrainingProgressTests() => progress = new TrainingProgress(time);

    public void Dispose() => progress.Dispose();

    [Fact]
    public void Nothing_is_said_while_nothing_is_trained() => Assert.Equal("", progress.ToString());

    [Fact]
    public void The_time_left_is_told_after_the_first_epoch()
    {
        TrainEvents.Log.Epoch(0, 25);
        Assert.Equal(", epoch 1 of 25", progress.ToString());

        time.Seconds = 10;
        TrainEvents.Log.Epoch(1, 25);
        time.Seconds = 14;
        Assert.Equal(", epoch 2 of 25, about 3:56 left", progress.ToString());
    }

    [Fact]
    public void A_training_that_goes_on_from_a_checkpoint_begins_in_the_middle()
    {
        TrainEvents.Log.Epoch(0, 25);
        TrainEvents.Log.Epoch(7, 25);
        Assert.Equal(", epoch 8 of 25", progress.ToString());

        time.Seconds = 10;
        TrainEvents.Log.Epoch(8, 25);
        Assert.Equal(", epoch 9 of 25, about 2:50 left", progress.ToString());
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

    private sealed class Time : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
