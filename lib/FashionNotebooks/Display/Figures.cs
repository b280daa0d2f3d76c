using System.Runtime.CompilerServices;
using Microsoft.Data.Analysis;
using static System.FormattableString;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>The figures of the notebooks: end a cell with one to see it. Tensors may be on any device.</summary>
/// <remarks>Where the folder figures is not beside this library, each throws a FileNotFoundException.</remarks>
public static class Figures
{
    /// <summary>Grey images side by side, each with its title.</summary>
    /// <param name="images"><c>[N, 1, H, W]</c> of any floating point type, from 0 (black) to 1 (white).</param>
    /// <param name="titles">A title for each image.</param>
    /// <param name="columns">How many images stand in a row, 1 or more.</param>
    /// <exception cref="ArgumentException">
    /// The images have another shape or type, no pixels or NaN; titles are missing or left over; there are no columns.
    /// </exception>
    public static PlotlyFigure ImageGrid(Tensor images, IReadOnlyList<string> titles, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        using var scope = NewDisposeScope();
        bool isGrid = IsFinite(images) && images.dim() == 4 && images.shape[1] == 1 && images.numel() > 0;
        ThrowUnless(isGrid, images, "finite floating point numbers, [N, 1, H, W], none of them 0", nameof(images));
        if (images.shape[0] != titles.Count)
            throw new ArgumentException($"{titles.Count} titles for {images.shape[0]} images.", nameof(titles));

        Tensor pixels = (images.detach().cpu().to(float32) * 255).round().clamp(0, 255).to(uint8);
        byte[][][] grid = [.. pixels.data<byte>().Chunk((int)images.shape[3]).Chunk((int)images.shape[2])];
        string names = string.Join(", ", titles).Replace("\n", ": ");
        return Draw($"{titles.Count} grey images in rows of {columns}: {names}.", [grid, titles.ToArray(), columns]);
    }

    /// <summary>Images of a dataset, each with the name of its class.</summary>
    /// <param name="images"><c>[N, 1, H, W]</c> of any floating point type, from 0 (black) to 1 (white).</param>
    /// <param name="labels"><c>[N]</c> int64, indices into <paramref name="classes"/>.</param>
    /// <param name="classes">The classes' names.</param>
    /// <param name="columns">How many images stand in a row, 1 or more.</param>
    /// <exception cref="ArgumentException">
    /// A tensor has another shape or type, or no values; a label has no class; there are no columns.
    /// </exception>
    public static PlotlyFigure ImageGrid(Tensor images, Tensor labels, IReadOnlyList<string> classes, int columns)
    {
        string Name(long label) => label >= 0 && label < classes.Count ? classes[(int)label]
            : throw new ArgumentException($"Label {label} of {classes.Count} classes.", nameof(labels));

        ThrowUnless(labels.dtype == int64 && labels.dim() == 1, labels, "Int64 of [N]", nameof(labels));
        using var scope = NewDisposeScope();
        return ImageGrid(images, [.. labels.cpu().data<long>().Select(Name)], columns);
    }

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
    public static PlotlyFigure ConfusionHeatmap(ConfusionMatrix confusion)
    {
        string[] names = [.. confusion.Classes];
        int[][] counts = [.. names.Select((_, row) => (int[])[.. names.Select((_, column) => confusion[row, column])])];
        string right = string.Join(", ", names.Select((name, index) => $"{name} {counts[index][index]}"));
        string confused = string.Join("; ", confusion.MostConfused(3));
        return Draw($"Confusion matrix. Predicted right: {right}. Most confused: {confused}.", [counts, names]);
    }

    /// <summary>The probability of each class for one image, as bars; the true class stands out.</summary>
    /// <param name="logits">The network's answer for the image, <c>[classes]</c> of any floating point type.</param>
    /// <param name="trueClass">What the image is, an index into <paramref name="classes"/>.</param>
    /// <param name="classes">The classes' names.</param>
    /// <exception cref="ArgumentException">Logits of another shape or type, or not finite; no such class.</exception>
    public static PlotlyFigure ClassProbabilities(Tensor logits, int trueClass, IReadOnlyList<string> classes)
    {
        using var scope = NewDisposeScope();
        bool isRow = IsFinite(logits) && logits.shape.SequenceEqual([classes.Count]);
        ThrowUnless(isRow, logits, $"finite floating point numbers, [{classes.Count}]", nameof(logits));
        ArgumentOutOfRangeException.ThrowIfNegative(trueClass);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trueClass, classes.Count);

        double[] probabilities = [.. logits.detach().cpu().to(float64).softmax(0).data<double>()];
        IEnumerable<string> bars = classes.Zip(probabilities, (name, value) => Invariant($"{name} {value:0.0%}"));
        return Draw(
            $"Probability of each class for an image of class {classes[trueClass]}: {string.Join(", ", bars)}.",
            [probabilities, classes.ToArray(), trueClass]);
    }

    /// <summary>Test accuracies from several seeds, a dot for each, with their mean and the tutorial's.</summary>
    /// <param name="samples">A strip for each; at least one.</param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static PlotlyFigure AccuracyStrip(IReadOnlyList<AccuracySample> samples)
    {
        if (samples.Count == 0)
            throw new ArgumentException("There is no sample: expected one or more.", nameof(samples));

        double[][] accuracies = [.. samples.Select(sample => sample.Accuracies.ToArray())];
        IEnumerable<string> descriptions = samples.Zip(accuracies, (sample, values) =>
            Invariant($"{sample.Network}: {values.Length} seeds, mean {sample.Mean:0.00%}, from {values.Min():0.00%} ")
            + Invariant($"to {values.Max():0.00%}")
            + (sample.Tutorial is { } tutorial ? Invariant($", tutorial {tutorial:0.00%}") : ""));
        return Draw($"Test accuracies. {string.Join("; ", descriptions)}.", [
            samples.Select(sample => sample.Network).ToArray(), accuracies,
            samples.Select(sample => sample.Mean).ToArray(), samples.Select(sample => sample.Tutorial).ToArray()]);
    }

    /// <summary>The network as a drawing: what each stage does and the shape that leaves it.</summary>
    /// <param name="model">A network of convolutions, pooling and linear layers for 28×28 grey images.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">It does not take such images.</exception>
    public static PlotlyFigure Architecture(nn.Module<Tensor, Tensor> model)
    {
        (string[] operations, int[][] shapes) = ArchitectureStages.Of(model);
        IEnumerable<string> stages = operations.Zip(shapes, (name, shape) => $"{name} ({string.Join("×", shape)})");
        return Draw($"Architecture: {string.Join(" → ", stages)}.", [operations, shapes]);
    }

    private static PlotlyFigure Draw(string description, object[] arguments, [CallerMemberName] string chart = "") =>
        new(PlotlyLoadContext.Call($"{chart}Chart", "Draw", arguments), description);

    private static string DescribeEnds(double?[] curve)
    {
        double[] known = [.. curve.OfType<double>()];
        string gaps = known.Length < curve.Length ? $" ({curve.Length - known.Length} missing)" : "";
        return known.Length == 0 ? "without values" : Invariant($"from {known[0]:F4} to {known[^1]:F4}{gaps}");
    }

    private static bool IsFinite(Tensor values) => values.is_floating_point() && values.isfinite().all().item<bool>();

    private static void ThrowUnless(bool isRight, Tensor tensor, string expected, string name)
    {
        if (!isRight)
            throw new ArgumentException($"The {name} are {tensor.Describe()}: expected {expected}.", name);
    }
}
