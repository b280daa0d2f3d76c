using static System.FormattableString;

namespace FashionNotebooks;

/// <summary>Prints a line as the first, every fifth and the last epoch ends, on the thread that trains.</summary>
public sealed class ConsoleProgress : IProgress<EpochMetrics>
{
    /// <inheritdoc/>
    public void Report(EpochMetrics value)
    {
        (int epoch, int last) = (value.Epoch, value.NumEpochs - 1);
        if (epoch % 5 == 0 || epoch == last)
            Console.WriteLine(Invariant($"Epoch {epoch}/{last}: validation accuracy {value.ValAcc:F4}, {value.Time}"));
    }
}
