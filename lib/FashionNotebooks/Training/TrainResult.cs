using System.Text.RegularExpressions;
using Microsoft.Data.Analysis;

namespace FashionNotebooks;

/// <summary>What <see cref="Trainer.TrainModel"/> returns; the trained weights are in the model itself.</summary>
/// <param name="epochs">What each epoch brought, in order.</param>
public sealed class TrainResult(IReadOnlyList<EpochMetrics> epochs)
{
    private readonly EpochMetrics[] all = [.. epochs];

    /// <summary>What each epoch brought, in order; at least one.</summary>
    /// <exception cref="InvalidOperationException">The training was stopped in its first epoch.</exception>
    public IReadOnlyList<EpochMetrics> Epochs => all.Length > 0 ? all : throw new InvalidOperationException(
        "The training was stopped before an epoch was complete. Run its cell again, and then those below it.");

    /// <summary>
    /// A row for each epoch, with the columns <c>epoch</c> (int), <c>train_loss_all</c>, <c>val_loss_all</c>,
    /// <c>train_acc_all</c> and <c>val_acc_all</c> (double).
    /// </summary>
    /// <inheritdoc cref="Epochs"/>
    public DataFrame TrainProcess => field ??= new DataFrame(
        new Int32DataFrameColumn("epoch", Epochs.Select(metrics => metrics.Epoch)),
        new DoubleDataFrameColumn("train_loss_all", Epochs.Select(metrics => metrics.TrainLoss)),
        new DoubleDataFrameColumn("val_loss_all", Epochs.Select(metrics => metrics.ValLoss)),
        new DoubleDataFrameColumn("train_acc_all", Epochs.Select(metrics => metrics.TrainAcc)),
        new DoubleDataFrameColumn("val_acc_all", Epochs.Select(metrics => metrics.ValAcc)));

    /// <summary>The epoch of highest validation accuracy, the first of equals: the model has its weights.</summary>
    /// <inheritdoc cref="Epochs"/>
    public EpochMetrics Best => Epochs.MaxBy(metrics => metrics.ValAcc)!;

    /// <summary>
    /// Saves the epochs as comma-separated values: the columns of <see cref="TrainProcess"/>, <c>seconds</c>, the time
    /// since the training began, and <c>num_epochs</c>, if the training was to have more than these epochs.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <exception cref="InvalidOperationException">The training was stopped in its first epoch.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is still whole.</exception>
    /// <exception cref="OperationCanceledException">Stop was pressed: nothing is saved.</exception>
    public void SaveCsv(string path)
    {
        RunningCell.Stopped.ThrowIfCancellationRequested();
        DataFrame table = TrainProcess.Clone();
        table.Columns.Add(new DoubleDataFrameColumn("seconds", Epochs.Select(metrics => metrics.Elapsed.TotalSeconds)));
        if (Epochs.Any(metrics => metrics.NumEpochs != Epochs.Count))
            table.Columns.Add(new Int32DataFrameColumn("num_epochs", Epochs.Select(metrics => metrics.NumEpochs)));

        using var text = new MemoryStream();
        DataFrame.SaveCsv(table, text, cultureInfo: CultureInfo.InvariantCulture);
        WholeFile.Write(path, file => file.Write(text.ToArray()));
    }

    /// <summary>
    /// Loads the epochs that <see cref="SaveCsv"/> has saved, to the last digit, or that another program has: with
    /// more columns or without the last two, with semicolons, quotes, or nothing in place of NaN.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">It does not hold such epochs.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrainResult LoadCsv(string path)
    {
        const string Expected =
            "columns epoch, train_loss_all, val_loss_all, train_acc_all, val_acc_all, and a row of numbers an epoch";
        const string Advice = "TrainResult.SaveCsv writes such a file.";
        using FileStream file = FileKind.OpenRead(path, Expected, Advice);
        string text = new StreamReader(file).ReadToEnd();
        if (!text.Contains("val_acc_all"))
            throw FileKind.CreateRefusal(file, Expected, Advice, path);

        string header = text.Split('\n')[0];
        char separator = header.Contains(';') ? ';' : header.Contains('\t') ? '\t' : ',';
        string withPoints = separator == ',' ? text : text.Replace(',', '.');
        string withoutEmptyRows = Regex.Replace(withPoints, "^[,;\t]+\r?$", "", RegexOptions.Multiline);
        try
        {
            return Read(DataFrame.LoadCsvFromString(
                withoutEmptyRows, separator, guessTypeFunction: _ => typeof(string)));
        }
        catch (Exception e)
        {
            string fault = e is IndexOutOfRangeException ? "A row is longer than the first." : e.Message;
            throw new DataFileException(path, Expected, $"what cannot be read ({fault})", Advice, e);
        }
    }

    private static TrainResult Read(DataFrame table)
    {
        double Number(int row, string column, double? absent = null) =>
            absent is { } value && table.Columns.IndexOf(column) < 0 ? value : table[column][row] switch
            {
                "" or "NA" => double.NaN,
                "inf" or "Inf" => double.PositiveInfinity,
                "-inf" or "-Inf" => double.NegativeInfinity,
                string number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
                _ => throw new FormatException($"A row ends before {column}."),
            };

        int count = (int)table.Rows.Count;
        if (count == 0)
            throw new FormatException("There is no epoch.");

        return new TrainResult([.. Enumerable.Range(0, count).Select(row => new EpochMetrics(
            checked((int)Number(row, "epoch")), checked((int)Number(row, "num_epochs", count)),
            Number(row, "train_loss_all"), Number(row, "train_acc_all"),
            Number(row, "val_loss_all"), Number(row, "val_acc_all"),
            TimeSpan.FromSeconds(Number(row, "seconds", 0))))]);
    }
}
