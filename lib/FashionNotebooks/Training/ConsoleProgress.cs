namespace FashionNotebooks;

/// <summary>Prints each epoch as it ends; <see cref="Progress{T}"/> reports from other threads, in any order.</summary>
public sealed class ConsoleProgress : IProgress<EpochMetrics>
{
    /// <inheritdoc/>
    public void Report(EpochMetrics value) => Console.WriteLine(value);
}
