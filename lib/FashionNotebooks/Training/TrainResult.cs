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

    /// <summary>
    /// Saves the epochs as comma-separated values: the columns of <see cref="TrainProcess"/>, and <c>seconds</c>, the
    /// time since the training began.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is still whole.</exception>
    public void SaveCsv(string path)
    {
        DataFrame table = TrainProcess.Clone();
        table.Columns.Add(new DoubleDataFrameColumn("seconds", Epochs.Select(metrics => metrics.Elapsed.TotalSeconds)));
        using var text = new MemoryStream();
        DataFrame.SaveCsv(table, text, cultureInfo: CultureInfo.InvariantCulture);
        WholeFile.Write(path, file => file.Write(text.ToArray()));
    }

    /// <summary>Loads the epochs that <see cref="SaveCsv"/> has saved, to the last digit.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">It does not hold such epochs.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrainResult LoadCsv(string path)
    {
        const string Names = "epoch,train_loss_all,val_loss_all,train_acc_all,val_acc_all,seconds";
        string[] lines = File.ReadAllLines(path);
        double[][] rows =
        [
            .. lines.Skip(1).Select(line => (double[])[
                .. line.Split(',').Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out double number)
                    ? number : double.NaN)]),
        ];
        int damaged = Array.FindIndex(rows, row => row.Length != 6 || row.Any(double.IsNaN));
        bool isTable = lines.Length > 1 && lines[0] == Names;
        if (!isTable || damaged >= 0)
        {
            string found = isTable ? lines[damaged + 1] : lines.FirstOrDefault("");
            throw new DataFileException(
                path, $"the columns {Names} and a row of numbers for each epoch", $"\"{found}\"",
                "Train again and save it with TrainResult.SaveCsv.");
        }

        return new TrainResult([.. rows.Select(row => new EpochMetrics(
            (int)row[0], rows.Length, row[1], row[3], row[2], row[4], TimeSpan.FromSeconds(row[5])))]);
    }
}
