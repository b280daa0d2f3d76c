namespace FashionNotebooks;

/// <summary>
/// Prints a line at the end of the first, every fifth and the last epoch. (<see cref="Progress{T}"/> would report from
/// other threads, in any order.)
/// </summary>
public sealed class ConsoleProgress : IProgress<EpochMetrics>
{
    /// <inheritdoc/>
    public void Report(EpochMetrics value)
    {
        if (value.Epoch % 5 == 0 || value.Epoch == value.NumEpochs - 1)
            Console.WriteLine(value.Summary);
    }
}
