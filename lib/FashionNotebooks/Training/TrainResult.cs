using System.Globalization;
using Microsoft.Data.Analysis;

namespace FashionNotebooks;

/// <summary>What <see cref="Trainer.TrainModel"/> returns; the trained weights are in the model itself.</summary>
/// <param name="epochs">What each epoch brought, in order; at least one.</param>
/// <exception cref="ArgumentException">There are no epochs.</exception>
public sealed class TrainResult(IReadOnlyList<EpochMetrics> epochs)
{
    /// <summary>What each epoch brought, in order; at least one.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; } = epochs.Count > 0 ? [.. epochs]
        : throw new ArgumentException("There is no epoch: expected at least one.", nameof(epochs));

    /// <summary>
    /// A row for each epoch, with the columns <c>epoch</c> (int), <c>train_loss_all</c>, <c>val_loss_all</c>,
    /// <c>train_acc_all</c> and <c>val_acc_all</c> (double).
    /// </summary>
    public DataFrame TrainProcess { get; } = new(
        new Int32DataFrameColumn("epoch", epochs.Select(metrics => metrics.Epoch)),
        new DoubleDataFrameColumn("train_loss_all", epochs.Select(metrics => metrics.TrainLoss)),
        new DoubleDataFrameColumn("val_loss_all", epochs.Select(metrics => metrics.ValLoss)),
        new DoubleDataFrameColumn("train_acc_all", epochs.Select(metrics => metrics.TrainAcc)),
        new DoubleDataFrameColumn("val_acc_all", epochs.Select(metrics => metrics.ValAcc)));

    /// <summary>The epoch of highest validation accuracy, the first of equals: the model has its weights.</summary>
    public EpochMetrics Best => Epochs.MaxBy(metrics => metrics.ValAcc)!;

    /// <summary>Saves <see cref="TrainProcess"/> as comma-separated values; the first line names the columns.</summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is still whole.</exception>
    public void SaveCsv(string path)
    {
        using var text = new MemoryStream();
        DataFrame.SaveCsv(TrainProcess, text, cultureInfo: CultureInfo.InvariantCulture);
        WholeFile.Write(path, file => file.Write(text.ToArray()));
    }
}
