namespace FashionNotebooks;

/// <summary>
/// Precision, recall and F1 of each class, with their plain means, as scikit-learn's <c>classification_report</c>
/// defines them. A quotient by zero counts as 0.
/// </summary>
/// <seealso href="https://scikit-learn.org/stable/modules/model_evaluation.html#precision-recall-and-f-measures"/>
public sealed class ClassificationReport : CellOutput
{
    /// <param name="confusion">What was taken for what: of one image at least, as each has.</param>
    public ClassificationReport(ConfusionMatrix confusion)
    {
        int[] classes = [.. Enumerable.Range(0, confusion.Classes.Count)];
        Classes = [.. classes.Select(index => new ClassMetrics(
            confusion.Classes[index],
            Share(confusion[index, index], classes.Sum(row => confusion[row, index])),
            Share(confusion[index, index], classes.Sum(column => confusion[index, column])),
            classes.Sum(column => confusion[index, column])))];
        Accuracy = Share(classes.Sum(index => confusion[index, index]), Classes.Sum(metrics => metrics.Support));
    }

    /// <summary>The classes, in the order of their labels.</summary>
    public IReadOnlyList<ClassMetrics> Classes { get; }

    /// <summary>The share of all images that are recognised, 0 to 1.</summary>
    public double Accuracy { get; }

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string ToString() => ToTable().ToString();

    private TextTable ToTable() => new(
        ["Class", "Precision", "Recall", "F1", "Images"],
        [
            .. Classes.Select(one => Row(one.Name, one.Precision, one.Recall, one.F1, one.Support)),
            Row("Mean", Classes.Average(metrics => metrics.Precision), Classes.Average(metrics => metrics.Recall),
                Classes.Average(metrics => metrics.F1), Classes.Sum(metrics => metrics.Support)),
        ]);

    private static string[] Row(string name, double precision, double recall, double f1, int support) =>
        [name, Format(precision), Format(recall), Format(f1), support.ToString("N0", CultureInfo.InvariantCulture)];

    private static string Format(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
