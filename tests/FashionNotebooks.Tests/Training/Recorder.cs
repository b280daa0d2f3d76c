namespace FashionNotebooks.Tests;

/// <summary>Keeps what it is told of each epoch, and may do something with it.</summary>
internal sealed class Recorder(Action<EpochMetrics>? action = null) : IProgress<EpochMetrics>
{
    public List<EpochMetrics> Epochs { get; } = [];

    public void Report(EpochMetrics value)
    {
        Epochs.Add(value);
        action?.Invoke(value);
    }
}
