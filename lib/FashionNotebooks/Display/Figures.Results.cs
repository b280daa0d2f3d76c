using Microsoft.Data.Analysis;
using static System.FormattableString;

namespace FashionNotebooks;

/// <content>What training and testing brought.</content>
public static partial class Figures
{
    /// <summary>Loss and accuracy over the epochs: red circles for training, blue squares for validation.</summary>
    /// <param name="trainProcess">As <see cref="TrainResult.TrainProcess"/>; a missing value is a gap.</param>
    /// <exception cref="ArgumentException">There are no rows, or a column is missing or holds no numbers.</exception>
    public static PlotlyFigure TrainingCurves(DataFrame trainProcess)
    {
        double?[] Column(string name)
        {
            DataFrameColumn? column = trainProcess.Columns.FirstOrDefault(column => column.Name == name);
            string found = column is null ? "missing" : $"{column.Length} values of type {column.DataType.Name}";
            return column is not null && column.IsNumericColumn() && column.Length > 0
                ? [.. column.Cast<object?>().Select(value => value is null ? (double?)null : Convert.ToDouble(value))]
                : throw new ArgumentException($"Column {name}: {found}, expected numbers.", nameof(trainProcess));
        }

        double?[][] curves =
            [Column("train_loss_all"), Column("val_loss_all"), Column("train_acc_all"), Column("val_acc_all")];
        string[] ends = [.. curves.Select(DescribeEnds)];
        return Draw(
            $"Two line charts over {curves[0].Length} epochs. Loss: training {ends[0]}, validation {ends[1]}. "
            + $"Accuracy: training {ends[2]}, validation {ends[3]}.", [Column("epoch"), .. curves]);
    }

    /// <summary>The confusion matrix as a heatmap with the count in each cell.</summary>
    /// <param name="confusion">The counts.</param>
    /// <param name="mistakesOnly">
    /// Whether to leave the diagonal blank: its large numbers leave the mistakes hardly any colours.
    /// </param>
    public static PlotlyFigure ConfusionHeatmap(ConfusionMatrix confusion, bool mistakesOnly = false)
    {
        string[] names = [.. confusion.Classes];
        int?[][] counts =
        [
            .. names.Select((_, row) => (int?[])[.. names.Select((_, column) =>
                mistakesOnly && row == column ? (int?)null : confusion[row, column])]),
        ];
        string right = mistakesOnly ? "left blank"
            : string.Join(", ", names.Select((name, index) => $"{name} {counts[index][index]}"));
        string confused = string.Join("; ", confusion.MostConfused(3));
        return Draw($"Confusion matrix. Predicted right: {right}. Most confused: {confused}.", [counts, names]);
    }

    /// <summary>Accuracies from several seeds, a dot for each, with their mean and the tutorial's.</summary>
    /// <param name="samples">A strip for each; at least one.</param>
    /// <param name="title">What has been measured.</param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static PlotlyFigure AccuracyStrip(IReadOnlyList<AccuracySample> samples, string title = "Test accuracy")
    {
        if (samples.Count == 0)
            throw new ArgumentException("There is no sample: expected one or more.", nameof(samples));

        double[][] accuracies = [.. samples.Select(sample => sample.Accuracies.ToArray())];
        IEnumerable<string> descriptions = samples.Zip(accuracies, (sample, values) =>
            $"{sample.Network}: {(values.Length == 1 ? "1 seed" : $"{values.Length} seeds")}, "
            + Invariant($"mean {sample.Mean:0.00%}, from {values.Min():0.00%} to {values.Max():0.00%}")
            + (sample.Tutorial is { } tutorial ? Invariant($", tutorial {tutorial:0.00%}") : ""));
        return Draw($"{title}. {string.Join("; ", descriptions)}.", [
            samples.Select(sample => sample.Network).ToArray(), accuracies,
            samples.Select(sample => sample.Mean).ToArray(), samples.Select(sample => sample.Tutorial).ToArray(),
            title]);
    }

    private static string DescribeEnds(double?[] curve)
    {
        double[] known = [.. curve.OfType<double>()];
        string gaps = known.Length < curve.Length ? $" ({curve.Length - known.Length} missing)" : "";
        return known.Length == 0 ? "without values" : Invariant($"from {known[0]:F4} to {known[^1]:F4}{gaps}");
    }
}
