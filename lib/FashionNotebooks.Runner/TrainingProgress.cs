using System.Diagnostics.Tracing;

namespace FashionNotebooks.Runner;

/// <summary>How far the training is that a cell of this process has begun with the library.</summary>
internal sealed class TrainingProgress(TimeProvider? time = null) : EventListener
{
    private const string Source = "FashionNotebooks.Training";

    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private Epoch? current;

    /// <summary>Forgets the training: another cell runs.</summary>
    public void Clear() => current = null;

    /// <summary>The epoch and the time left, such as ", epoch 7 of 25, about 4:20 left"; empty if nothing is trained.
    /// </summary>
    public override string ToString()
    {
        if (current is not { } epoch)
            return "";

        string text = $", epoch {epoch.Index + 1} of {epoch.Count}";
        if (epoch.Index == epoch.First)
            return text;

        TimeSpan each = clock.GetElapsedTime(epoch.Start, epoch.Begun) / (epoch.Index - epoch.First);
        double left = ((each * (epoch.Count - epoch.Index)) - clock.GetElapsedTime(epoch.Begun)).TotalSeconds;
        return $"{text}, about {NotebookExecution.Format(TimeSpan.FromSeconds(Math.Max(0, left)))} left";
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is not { EventSource.Name: Source, Payload: [int index, int count] })
            return;

        // Whatever is not the next epoch begins another training, perhaps in the middle, from a checkpoint.
        long now = clock.GetTimestamp();
        current = current is { } last && last.Count == count && last.Index + 1 == index
            ? last with { Index = index, Begun = now } : new Epoch(index, index, count, now, now);
    }

    /// <summary>An epoch that has begun, and when its training did.</summary>
    private sealed record Epoch(int First, int Index, int Count, long Start, long Begun);
}
