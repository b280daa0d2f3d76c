using Microsoft.Data.Analysis;
using static System.FormattableString;

namespace FashionNotebooks;

/// <content>What training and testing brought.</content>
public static partial class Figures
{
    /// <summary>Loss and accuracy over the epochs: red circles for training, blue squares for validation.</summary>
    /// <param name="trainProcess">
    /// As <see cref="TrainResult.TrainProcess"/>; a value that is missing, or not finite, is a gap.
    /// </param>
    /// <exception cref="ArgumentException">There are no rows, or a column is missing or holds no numbers.</exception>
    /// <exception cref="ArgumentNullException">There is no table.</exception>
    public static PlotlyFigure TrainingCurves(DataFrame trainProcess)
    {
        Unmade.ThrowIfNull(trainProcess, "table of epochs");

        double?[] Column(string name)
        {
            DataFrameColumn? column = trainProcess.Columns.FirstOrDefault(column => column.Name == name);
            string found = column is null ? "missing" : $"{column.Length} values of type {column.DataType.Name}";
            return column is not null && column.IsNumericColumn() && column.Length > 0
                ? [.. column.Cast<object?>().Select(value => value is null ? double.NaN : Convert.ToDouble(value))
                    .Select(value => double.IsFinite(value) ? value : (double?)null)]
                : throw new ArgumentException($"Column {name}: {found}, expected numbers.", nameof(trainProcess));
        }

        (double?[] epochs, double?[] trainLoss, double?[] valLoss) =
            (Column("epoch"), Column("train_loss_all"), Column("val_loss_all"));
        (double?[] trainAcc, double?[] valAcc) = (Column("train_acc_all"), Column("val_acc_all"));
        return new PlotlyFigure(
            Plotly.Value.TrainingCurves(epochs, trainLoss, valLoss, trainAcc, valAcc),
            $"Two line charts over {epochs.Length} epochs. "
            + $"Loss: training {Ends(trainLoss)}, validation {Ends(valLoss)}. "
            + $"Accuracy: training {Ends(trainAcc)}, validation {Ends(valAcc)}.");
    }

    /// <summary>The confusion matrix as a heatmap with the count in each cell.</summary>
    /// <param name="confusion">The counts.</param>
    /// <param name="mistakesOnly">
    /// Whether to leave the diagonal blank: its large numbers leave the mistakes hardly any colours.
    /// </param>
    public static PlotlyFigure ConfusionHeatmap(ConfusionMatrix confusion, bool mistakesOnly = false)
    {
        string[] names = [.. confusion.Classes];
        int?[][] counts = [.. names.Select((_, row) => names.Select((_, column) =>
            mistakesOnly && row == column ? (int?)null : confusion[row, column]).ToArray())];
        string right = mistakesOnly ? "left blank"
            : string.Join(", ", names.Select((name, index) => $"{name} {counts[index][index]}"));
        string confused = string.Join("; ", confusion.MostConfused(3));
        return new PlotlyFigure(
            Plotly.Value.ConfusionHeatmap(counts, names),
            $"Confusion matrix. Predicted right: {right}. Most confused: {confused}.");
    }

    /// <summary>Accuracies from several seeds, a dot for each, with their mean and the tutorial's.</summary>
    /// <param name="samples">A strip for each; at least one.</param>
    /// <param name="title">What has been measured.</param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static PlotlyFigure AccuracyStrip(IReadOnlyList<AccuracySample> samples, string title = "Test accuracy")
    {
        if (samples.Count == 0)
            throw new ArgumentException("There is no sample: expected one or more.", nameof(samples));

        IEnumerable<string> descriptions = samples.Select(sample =>
            $"{sample.Network}: {sample.Accuracies.Count} {(sample.Accuracies.Count == 1 ? "seed" : "seeds")}, mean "
            + Invariant($"{sample.Mean:0.00%}, from {sample.Accuracies.Min():0.00%} to {sample.Accuracies.Max():0.00%}")
            + (sample.Tutorial is { } tutorial ? Invariant($", tutorial {tutorial:0.00%}") : ""));
        return new PlotlyFigure(
            Plotly.Value.AccuracyStrip(
                [.. samples.Select(sample => (sample.Network, sample.Accuracies.ToArray(), sample.Tutorial))], title),
            $"{title}. {string.Join("; ", descriptions)}.");
    }

    /// <summary>
    /// The share of right answers against their probability, a dot for each bin with the 95 % interval of its share
    /// (Wilson's), and the line on which a calibrated network's dots lie.
    /// </summary>
    /// <param name="calibration">The bins.</param>
    /// <seealso href="https://www.itl.nist.gov/div898/handbook/prc/section2/prc241.htm"/>
    public static PlotlyFigure ReliabilityCurve(Calibration calibration)
    {
        IEnumerable<string> descriptions = calibration.Bins.Select(bin => Invariant(
            $"of {bin.Count} answers with mean probability {bin.Probability:F3}, {bin.Accuracy:F3} are right"));
        return new PlotlyFigure(
            Plotly.Value.ReliabilityCurve([.. calibration.Bins.Select(Place)]),
            $"Share of right answers against probability: {string.Join("; ", descriptions)}.");
    }

    private static (double Probability, double Accuracy, double Low, double High) Place(CalibrationBin bin)
    {
        const double Square = 1.96 * 1.96;
        double center = (bin.Accuracy + (Square / 2 / bin.Count)) / (1 + (Square / bin.Count));
        double half = Math.Sqrt((Square * bin.Accuracy * (1 - bin.Accuracy) / bin.Count)
            + Math.Pow(Square / 2 / bin.Count, 2)) / (1 + (Square / bin.Count));
        return (bin.Probability, bin.Accuracy, center - half, center + half);
    }

    private static string Ends(double?[] curve)
    {
        double[] known = [.. curve.OfType<double>()];
        string gaps = known.Length < curve.Length ? $" ({curve.Length - known.Length} missing)" : "";
        return known.Length == 0 ? $"without values{gaps}" : Invariant($"from {known[0]:F4} to {known[^1]:F4}{gaps}");
    }
}
