using System.Globalization;
using Microsoft.Data.Analysis;

namespace FashionNotebooks;

/// <summary>What <see cref="Trainer.TrainModel"/> returns; the trained weights are in the model itself.</summary>
/// <param name="TrainProcess">
/// A row for each epoch, with the columns <c>epoch</c> (int), <c>train_loss_all</c>, <c>val_loss_all</c>,
/// <c>train_acc_all</c> and <c>val_acc_all</c> (double).
/// </param>
/// <param name="Best">The epoch of highest validation accuracy, the first of equals: the model has its weights.</param>
/// <param name="Epochs">What <paramref name="TrainProcess"/> holds, and the time that each epoch ended.</param>
public sealed record TrainResult(DataFrame TrainProcess, EpochMetrics Best, IReadOnlyList<EpochMetrics> Epochs)
{
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
