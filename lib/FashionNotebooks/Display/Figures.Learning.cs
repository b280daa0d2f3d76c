using static System.FormattableString;

namespace FashionNotebooks;

/// <content>How a network learns.</content>
public static partial class Figures
{
    private const int MostRuns = 6;

    /// <summary>The loss against one weight, all others fixed: its slope at a place, and the step from there.</summary>
    /// <param name="weights">At least two values of the weight, each larger than the one before.</param>
    /// <param name="losses">The loss at each of them.</param>
    /// <param name="weight">Where the step begins.</param>
    /// <param name="loss">The loss there.</param>
    /// <param name="slope">The slope there: the gradient of the loss for this weight.</param>
    /// <param name="learningRate">
    /// The step is -<paramref name="learningRate"/> × <paramref name="slope"/>; above 0. Its arrow ends where
    /// <paramref name="weights"/> end.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Not as many losses as weights, or fewer than two; weights that do not ascend; a number that is not finite; a
    /// learning rate of 0 or below.
    /// </exception>
    public static PlotlyFigure LossAlongWeight(
        IReadOnlyList<double> weights, IReadOnlyList<double> losses,
        double weight, double loss, double slope, double learningRate)
    {
        if (weights.Count < 2 || weights.Count != losses.Count)
        {
            throw new ArgumentException(
                $"losses: {losses.Count} for {weights.Count} weights, expected one for each, and at least two.",
                nameof(losses));
        }

        ThrowUnlessFinite(weights, nameof(weights));
        ThrowUnlessFinite(losses, nameof(losses));
        ThrowUnlessFinite([weight], nameof(weight));
        ThrowUnlessFinite([loss], nameof(loss));
        ThrowUnlessFinite([slope], nameof(slope));
        ThrowUnlessFinite([learningRate], nameof(learningRate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        if (weights.Zip(weights.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException(
                "weights: not ascending, expected each larger than the one before.", nameof(weights));
        }

        double step = 0 - (learningRate * slope); // a step of 0 is not written as -0
        double? after = Interpolate(weights, losses, weight + step);
        string end = after is null ? "beyond what is drawn" : Invariant($"where the loss is {after:G5}");
        return new PlotlyFigure(
            Plotly.Value.LossAlongWeight([.. weights], [.. losses], weight, loss, slope, step, after),
            Invariant($"The loss against one weight from {weights[0]:G3} to {weights[^1]:G3}, all others fixed: from ")
            + Invariant($"{losses.Min():G5} to {losses.Max():G5}. At weight {weight:G3} the loss is {loss:G5}, ")
            + Invariant($"its slope {slope:G3}; the step {step:G3} leads to weight {weight + step:G3}, {end}."));
    }

    /// <summary>The losses of several trainings against the step, a line for each.</summary>
    /// <param name="runs">
    /// One to six trainings: a name and the loss at each step, from step 0. A line stops before the first loss that is
    /// not finite. The axis reaches from 0 to at most 1.5 times the median of the first losses.
    /// </param>
    /// <exception cref="ArgumentException">There are no runs or more than six, or one has no losses.</exception>
    public static PlotlyFigure LossCurves(IReadOnlyDictionary<string, IReadOnlyList<float>> runs)
    {
        if (runs.Count is 0 or > MostRuns)
            throw new ArgumentException($"runs: {runs.Count}, expected 1 to {MostRuns}.", nameof(runs));

        if (runs.FirstOrDefault(run => run.Value.Count == 0) is { Key: { } empty })
            throw new ArgumentException($"runs: no losses for {empty}, expected one or more.", nameof(runs));

        (string Name, float[] Losses)[] curves =
            [.. runs.Select(run => (run.Key, run.Value.TakeWhile(float.IsFinite).ToArray()))];
        double[] firsts = [.. curves.SelectMany(curve => curve.Losses.Take(1)).Order()];
        double largest = curves.SelectMany(curve => curve.Losses).DefaultIfEmpty(1).Max();
        double median = firsts.Length == 0 ? 1 : (firsts[(firsts.Length - 1) / 2] + firsts[firsts.Length / 2]) / 2;
        double top = Math.Min(1.05 * largest, 1.5 * median);
        IEnumerable<string> words = curves.Select(curve => curve.Name
            + (curve.Losses is [var first, .. var later]
                ? Invariant($" from {first:G3} to {curve.Losses[^1]:G3} at step {later.Length}") : " without a loss")
            + (curve.Losses.Length < runs[curve.Name].Count ? ", then not finite" : ""));
        return new PlotlyFigure(
            Plotly.Value.LossCurves(curves, top),
            Invariant($"Losses against the step, the axis up to {top:G3}. ") + $"{string.Join("; ", words)}.");
    }

    /// <summary>A kernel while it is trained, beside its loss: a button plays it, a slider chooses a step.</summary>
    /// <param name="kernels">The weights at each step, <c>[k, k]</c> of any floating point type.</param>
    /// <param name="losses">The loss at each step.</param>
    /// <param name="every">How many steps of training lie between two that are shown, 1 or more.</param>
    /// <exception cref="ArgumentException">
    /// There are no kernels, not as many losses, or kernels of other shapes or types or that are not finite.
    /// </exception>
    public static PlotlyFigure LearningKernel(
        IReadOnlyList<Tensor> kernels, IReadOnlyList<float> losses, int every = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (kernels.Count == 0 || kernels.Count != losses.Count)
        {
            throw new ArgumentException(
                $"losses: {losses.Count} for {kernels.Count} kernels, expected one for each, and at least one.",
                nameof(losses));
        }

        ThrowUnlessFinite(losses.Select(loss => (double)loss), nameof(losses));
        using var scope = NewDisposeScope();
        foreach (Tensor kernel in kernels)
        {
            bool isOne = IsFinite(kernel) && kernel.shape is [> 0 and var k, _]
                && kernel.shape.SequenceEqual([k, k]) && kernels[0].shape.SequenceEqual([k, k]);
            ThrowUnless(isOne, kernel, "finite floating point numbers, [k, k], all alike", nameof(kernels));
        }

        double[][][] weights = [.. kernels.Select(Table)];
        string Words(double[][] kernel) => string.Join(
            "; ", kernel.Select(row => string.Join(" ", row.Select(weight => Invariant($"{weight:F2}")))));
        return new PlotlyFigure(
            Plotly.Value.LearningKernel(weights, [.. losses.Select(loss => (double)loss)], every),
            $"A kernel while it is trained, {kernels.Count} steps. "
            + Invariant($"Loss from {losses[0]:G3} to {losses[^1]:G3}. ")
            + $"Weights at first: {Words(weights[0])}. At last: {Words(weights[^1])}.");
    }

    private static void ThrowUnlessFinite(IEnumerable<double> values, string name)
    {
        if (!values.All(double.IsFinite))
            throw new ArgumentException($"{name}: not finite, expected finite numbers.", name);
    }

    // On the straight line between the two points beside it; null outside of them.
    private static double? Interpolate(IReadOnlyList<double> x, IReadOnlyList<double> y, double place)
    {
        if (place < x[0] || place > x[^1])
            return null;

        int right = Math.Max(1, x.Count(each => each < place));
        return y[right - 1] + ((place - x[right - 1]) / (x[right] - x[right - 1]) * (y[right] - y[right - 1]));
    }
}
