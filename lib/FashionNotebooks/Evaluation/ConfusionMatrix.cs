using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>How often each class was taken for each other: rows are true classes, columns predicted ones.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] counts;

    /// <param name="labels">True classes, <c>[N]</c> int64 from 0 to the number of classes less 1.</param>
    /// <param name="predictions">Predicted classes, <c>[N]</c> int64 of the same range.</param>
    /// <param name="classes">The classes' names, one for each row and column.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a class is out of range.</exception>
    public ConfusionMatrix(Tensor labels, Tensor predictions, IReadOnlyList<string> classes)
    {
        Evaluator.ThrowIfShapesDiffer(labels, predictions);
        Classes = classes;
        counts = new int[classes.Count, classes.Count];
        foreach ((long label, long prediction) in labels.data<long>().Zip(predictions.data<long>()))
        {
            if (label < 0 || label >= classes.Count || prediction < 0 || prediction >= classes.Count)
            {
                throw new ArgumentException(
                    $"Label {label} with prediction {prediction}: expected both from 0 to {classes.Count - 1}.");
            }

            counts[label, prediction]++;
        }
    }

    /// <summary>The classes' names, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>How many images of one class were taken for another, or for what they are.</summary>
    public int this[int trueClass, int predictedClass] => counts[trueClass, predictedClass];

    /// <summary>One pair of classes, and how often each is taken for the other.</summary>
    public ConfusedPair Pair(int first, int second) =>
        new(Classes[first], Classes[second], counts[first, second], counts[second, first]);

    /// <summary>The pairs of classes that are taken for one another most often, the most confused first.</summary>
    /// <param name="count">How many pairs at the most.</param>
    public IReadOnlyList<ConfusedPair> MostConfused(int count = 5)
    {
        IEnumerable<ConfusedPair> pairs =
            from first in Enumerable.Range(0, Classes.Count)
            from second in Enumerable.Range(first + 1, Classes.Count - first - 1)
            let pair = Pair(first, second)
            where pair.Total > 0
            orderby pair.Total descending
            select pair;
        return [.. pairs.Take(count)];
    }
}
