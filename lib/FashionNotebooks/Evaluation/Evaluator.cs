using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Asks a trained network what it sees.</summary>
public static class Evaluator
{
    /// <summary>The scores of all classes for each image, in evaluation mode and without gradients.</summary>
    /// <param name="model">Takes images and returns logits, <c>[B, classes]</c>. Left in evaluation mode.</param>
    /// <param name="images"><c>[N, 1, 28, 28]</c> float32.</param>
    /// <param name="batchSize">How many images go through the network at once: more take more memory.</param>
    /// <returns>Logits, <c>[N, classes]</c>, on the CPU; their softmax along dimension 1 is the classes' probabilities.</returns>
    public static Tensor Logits(nn.Module<Tensor, Tensor> model, Tensor images, int batchSize = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        model.eval();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Device device = model.parameters().FirstOrDefault()?.device ?? images.device;
        return cat([.. images.split(batchSize).Select(part => model.forward(part.to(device)).cpu())]).MoveToOuterDisposeScope();
    }

    /// <summary>The class with the highest score for each image, in evaluation mode and without gradients.</summary>
    /// <inheritdoc cref="Logits"/>
    /// <returns>Predicted classes, <c>[N]</c> int64.</returns>
    public static Tensor Predict(nn.Module<Tensor, Tensor> model, Tensor images, int batchSize = 1000)
    {
        using var scope = NewDisposeScope();
        return Logits(model, images, batchSize).argmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>The share of predictions that are right, 0 to 1.</summary>
    /// <param name="labels">True classes, <c>[N]</c> int64.</param>
    /// <param name="predictions">Predicted classes, <c>[N]</c> int64.</param>
    /// <exception cref="ArgumentException">The two have different shapes.</exception>
    public static double Accuracy(Tensor labels, Tensor predictions)
    {
        ThrowIfShapesDiffer(labels, predictions);
        using var scope = NewDisposeScope();
        return (double)labels.eq(predictions).sum().item<long>() / labels.numel();
    }

    /// <summary>The images that the network is surest of and wrong about, the surest first.</summary>
    /// <param name="labels">True classes, <c>[N]</c> int64.</param>
    /// <param name="logits">What the network answered, <c>[N, classes]</c>.</param>
    /// <param name="count">How many at the most.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels than rows of logits.</exception>
    public static IReadOnlyList<Mistake> MostConfidentMistakes(Tensor labels, Tensor logits, int count = 10)
    {
        using var scope = NewDisposeScope();
        (Tensor probabilities, Tensor predictions) = logits.softmax(1).max(1);
        ThrowIfShapesDiffer(labels, predictions);

        float[] probability = [.. probabilities.data<float>()];
        long[] predicted = [.. predictions.data<long>()];
        IEnumerable<Mistake> mistakes = labels.data<long>()
            .Select((label, index) => new Mistake(index, (int)label, (int)predicted[index], probability[index]))
            .Where(mistake => mistake.TrueClass != mistake.PredictedClass);
        return [.. mistakes.OrderByDescending(mistake => mistake.Probability).Take(count)];
    }

    internal static void ThrowIfShapesDiffer(Tensor labels, Tensor predictions)
    {
        if (!labels.shape.SequenceEqual(predictions.shape))
        {
            throw new ArgumentException($"Labels [{string.Join(", ", labels.shape)}] and predictions "
                + $"[{string.Join(", ", predictions.shape)}] differ in shape.", nameof(predictions));
        }
    }
}
