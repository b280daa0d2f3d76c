namespace FashionNotebooks;

/// <summary>How often each class was taken for each other: rows are true classes, columns predicted ones.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] counts;

    /// <param name="labels">True classes, <c>[N]</c> int64, on any device; at least one.</param>
    /// <param name="predictions">Predicted classes, <c>[N]</c> int64, on any device.</param>
    /// <param name="classes">The classes' names, one for each row and column.</param>
    /// <exception cref="ArgumentException">Wrong shapes or dtypes, no labels, or one that is no class.</exception>
    public ConfusionMatrix(Tensor labels, Tensor predictions, IReadOnlyList<string> classes)
    {
        Classes = classes;
        counts = new int[classes.Count, classes.Count];
        foreach ((long label, long prediction) in Evaluator.Pairs(labels, predictions, classes.Count))
            counts[label, prediction]++;
    }

    /// <summary>The classes' names, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>How many images of one class were taken for another, or for what they are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is no class.</exception>
    public int this[int trueClass, int predictedClass] =>
        counts[Verified(trueClass, nameof(trueClass)), Verified(predictedClass, nameof(predictedClass))];

    /// <summary>One pair of classes, and how often each is taken for the other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is no class.</exception>
    public ConfusedPair Pair(int first, int second) => new(Classes[Verified(first, nameof(first))],
        Classes[Verified(second, nameof(second))], counts[first, second], counts[second, first]);

    /// <summary>The pairs of classes that are taken for one another most often, the most confused first.</summary>
    /// <param name="count">How many pairs at the most, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<ConfusedPair> MostConfused(int count = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        IEnumerable<ConfusedPair> pairs =
            from first in Enumerable.Range(0, Classes.Count)
            from second in Enumerable.Range(first + 1, Classes.Count - first - 1)
            let pair = Pair(first, second)
            where pair.Total > 0
            orderby pair.Total descending
            select pair;
        return [.. pairs.Take(count)];
    }

    private int Verified(int index, string name) => index >= 0 && index < Classes.Count ? index
        : throw new ArgumentOutOfRangeException(name, index, $"Expected a class from 0 to {Classes.Count - 1}.");
}
