using static System.FormattableString;

namespace FashionNotebooks;

/// <summary>The figures of the notebooks: end a cell with one to see it. Tensors may be on any device.</summary>
/// <remarks>Where the folder figures is not beside this library, each throws a FileNotFoundException.</remarks>
public static partial class Figures
{
    // After a failure, the next figure tries again.
    private static readonly Lazy<IFigures> Plotly =
        new(PlotlyLoadContext.LoadFigures, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Images side by side, each with its title.</summary>
    /// <param name="images">
    /// <c>[N, 1, H, W]</c>, grey, or <c>[N, 3, H, W]</c>, red, green and blue; of any floating point type, from 0 to 1.
    /// </param>
    /// <param name="titles">A title for each image.</param>
    /// <param name="columns">How many images stand in a row, 1 or more.</param>
    /// <param name="gridLines">Whether a line separates each pixel from the next.</param>
    /// <exception cref="ArgumentException">
    /// The images have another shape or type, no pixels or NaN; titles are missing or left over; there are no columns.
    /// </exception>
    public static PlotlyFigure ImageGrid(
        Tensor images, IReadOnlyList<string> titles, int columns, bool gridLines = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        using var scope = NewDisposeScope();
        bool isGrid = IsFinite(images) && images.shape is [> 0, 1 or 3, > 0, > 0];
        ThrowUnless(isGrid, images, "finite floating point numbers, [N, 1 or 3, H, W], none of them 0", nameof(images));
        int channels = (int)images.shape[1];
        if (images.shape[0] != titles.Count)
        {
            throw new ArgumentException(
                $"titles: {titles.Count} for {images.shape[0]} images, expected one for each.", nameof(titles));
        }

        Tensor pixels = (images.detach().cpu().to(float32) * 255).round().clamp(0, 255).to(uint8);
        byte[] bytes = [.. pixels.permute(0, 2, 3, 1).contiguous().data<byte>()];
        byte[][][] grid = [.. bytes.Chunk((int)images.shape[3] * channels).Chunk((int)images.shape[2])];
        string names = string.Join(", ", titles).Replace("\n", ": ");
        string kind = channels == 1 ? "grey" : "colour";
        string description =
            titles.Count == 1 ? $"A {kind} image" : $"{titles.Count} {kind} images in rows of {columns}";
        return new PlotlyFigure(
            Plotly.Value.ImageGrid(grid, channels, [.. titles], columns, gridLines), $"{description}: {names}.");
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
            : throw new ArgumentException(
                $"labels: {label}, expected an index into {classes.Count} classes.", nameof(labels));

        ThrowUnless(labels.dtype == int64 && labels.dim() == 1, labels, "Int64 of [N]", nameof(labels));
        using var scope = NewDisposeScope();
        return ImageGrid(images, [.. labels.cpu().data<long>().Select(Name)], columns);
    }

    /// <summary>A convolution step by step: a kernel that slides over one row of an image; a slider moves it.</summary>
    /// <param name="image"><c>[1, 1, H, W]</c> of any floating point type, from 0 (black) to 1 (white).</param>
    /// <param name="kernel">Its weights, <c>[1, 1, k, k]</c> of any floating point type, k at most H and W.</param>
    /// <param name="row">The row of the image where the kernel's window begins, from 0 to H - k.</param>
    /// <param name="column">The column where it begins at first, from 0 to W - k.</param>
    /// <exception cref="ArgumentException">A tensor of another shape or type, or not finite; no such place.</exception>
    public static PlotlyFigure Convolution(Tensor image, Tensor kernel, int row, int column)
    {
        double[][] Rows(Tensor values, string name, string expected)
        {
            bool isOne = IsFinite(values) && values.shape is [1, 1, > 0, > 0];
            ThrowUnless(isOne, values, $"finite floating point numbers, {expected}", name);
            return Table(values[0, 0]);
        }

        using var scope = NewDisposeScope();
        double[][] pixels = Rows(image, nameof(image), "[1, 1, H, W]");
        double[][] weights = Rows(kernel, nameof(kernel), "[1, 1, k, k]");
        (int size, int width) = (weights.Length, weights[0].Length);
        bool fits = size == width && size <= pixels.Length && size <= pixels[0].Length;
        ThrowUnless(fits, kernel, $"[1, 1, k, k] that fits into {Shape.Of(image)}", nameof(kernel));
        ThrowUnlessWithin(row, pixels.Length - size, nameof(row));
        ThrowUnlessWithin(column, pixels[0].Length - size, nameof(column));
        return new PlotlyFigure(
            Plotly.Value.Convolution(pixels, weights, row, column),
            $"A {size}×{size} kernel slides over row {row} of an image: at each place the pixels are multiplied by the "
            + "weights and added up to one value of the feature map.");
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
        return new PlotlyFigure(
            Plotly.Value.ClassProbabilities(probabilities, [.. classes], trueClass),
            $"Probability of each class for an image of class {classes[trueClass]}: {string.Join(", ", bars)}.");
    }

    private static bool IsFinite(Tensor values) => values.is_floating_point() && values.isfinite().all().item<bool>();

    private static void ThrowUnless(bool isRight, Tensor tensor, string expected, string name)
    {
        if (!isRight)
            throw new ArgumentException($"{name}: {tensor.Describe()}, expected {expected}.", name);
    }

    private static void ThrowUnlessWithin(int place, int last, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(place, last, name);
    }
}
