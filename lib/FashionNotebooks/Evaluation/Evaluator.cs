namespace FashionNotebooks;

/// <summary>Asks a trained network what it sees.</summary>
public static class Evaluator
{
    /// <summary>The scores of all classes for each image, in evaluation mode and without gradients.</summary>
    /// <param name="model">Takes images and returns logits, <c>[B, classes]</c>; each module keeps its mode.</param>
    /// <param name="images"><c>[N, 1, 28, 28]</c> in the model's dtype, on any device; at least one.</param>
    /// <param name="batchSize">How many images go through the network at once: more take more memory.</param>
    /// <returns>Logits, <c>[N, classes]</c>, on the CPU; their softmax along dimension 1 is probabilities.</returns>
    /// <exception cref="ArgumentException">
    /// There are no images, the model does not take images of this shape or dtype, or it returns something else.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    /// <exception cref="ArgumentNullException">There is no model.</exception>
    /// <exception cref="OperationCanceledException">The editor's button <i>Stop</i> was pressed.</exception>
    public static Tensor Logits(nn.Module<Tensor, Tensor> model, Tensor images, int batchSize = 1000)
    {
        Unmade.ThrowIfNull(model, "model");
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (images.dim() == 0 || images.shape[0] == 0)
            throw new ArgumentException($"Images are {images.Describe()}: expected at least one.", nameof(images));

        lock (model)
        {
            using var modes = new ModuleModes(model);
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            model.eval();
            Tensor[] parts = [.. images.split(batchSize).Select(part => LogitsOfPart(model, part))];
            return cat(parts).MoveToOuterDisposeScope();
        }
    }

    /// <summary>The class with the highest score for each image, in evaluation mode and without gradients.</summary>
    /// <inheritdoc cref="Logits"/>
    /// <returns>Predicted classes, <c>[N]</c> int64, on the CPU.</returns>
    public static Tensor Predict(nn.Module<Tensor, Tensor> model, Tensor images, int batchSize = 1000)
    {
        using var scope = NewDisposeScope();
        return Logits(model, images, batchSize).argmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>The share of predictions that are right, 0 to 1.</summary>
    /// <param name="labels">True classes, <c>[N]</c> int64, on any device; at least one.</param>
    /// <param name="predictions">Predicted classes, <c>[N]</c> int64, on any device.</param>
    /// <exception cref="ArgumentException">Wrong shapes or dtypes, or no labels.</exception>
    public static double Accuracy(Tensor labels, Tensor predictions) =>
        Pairs(labels, predictions).Average(pair => pair.Label == pair.Prediction ? 1.0 : 0);

    /// <summary>The wrong predictions of which the network is most confident, the most confident first.</summary>
    /// <param name="labels">True classes, <c>[N]</c> int64, on any device; at least one.</param>
    /// <param name="logits">What the network answered, <c>[N, classes]</c> floating point, on any device.</param>
    /// <param name="count">How many at the most, 0 or more.</param>
    /// <exception cref="ArgumentException">Wrong shapes or dtypes, no labels, or one that is no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static IReadOnlyList<Mistake> MostConfidentMistakes(Tensor labels, Tensor logits, int count = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        IEnumerable<Mistake> mistakes = Answers(labels, logits)
            .Select((answer, i) => new Mistake(i, (int)answer.Label, (int)answer.Prediction, answer.Probability))
            .Where(mistake => mistake.TrueClass != mistake.PredictedClass);
        return [.. mistakes.OrderByDescending(mistake => mistake.Probability).Take(count)];
    }

    /// <returns>Each label with its prediction and the prediction's probability; all has been verified.</returns>
    internal static IReadOnlyList<(long Label, long Prediction, double Probability)> Answers(
        Tensor labels, Tensor logits)
    {
        ThrowIfNotLogits(logits);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor exact = logits.cpu().to(logits.element_size() < sizeof(float) ? float32 : logits.dtype);
        Tensor predictions = exact.argmax(1);

        // Of an infinite logit softmax makes no number, of the largest finite one 1.
        Tensor highest = exact.nan_to_num(nan: double.NaN).softmax(1).gather(1, predictions.unsqueeze(1)).squeeze(1);
        double[] probabilities = [.. highest.to(float64).data<double>()];
        return [.. Pairs(labels, predictions, logits.shape[1])
            .Zip(probabilities, (pair, probability) => (pair.Label, pair.Prediction, probability))];
    }

    /// <returns>Each label with its prediction; shapes, dtypes and range have been verified.</returns>
    internal static IEnumerable<(long Label, long Prediction)> Pairs(
        Tensor labels, Tensor predictions, long? classes = null)
    {
        long[] expected = Values(labels, "label", classes);
        long[] actual = Values(predictions, "prediction", classes);
        return expected.Length == actual.Length ? expected.Zip(actual) : throw new ArgumentException(
            $"{expected.Length} labels do not go with {actual.Length} predictions: expected equal numbers.");
    }

    private static long[] Values(Tensor tensor, string name, long? classes)
    {
        Unmade.ThrowIfNull(tensor, name);
        if (tensor.dim() != 1 || tensor.dtype != ScalarType.Int64 || tensor.numel() == 0)
            throw new ArgumentException($"The {name}s are {tensor.Describe()}: expected [N] Int64, N of 1 or more.");

        using var scope = NewDisposeScope();
        long[] values = [.. tensor.cpu().data<long>()];
        int wrong = Array.FindIndex(values, value => value < 0 || value >= classes);
        return wrong < 0 || classes is null ? values : throw new ArgumentException(
            $"{values[wrong]}, {name} {wrong}, is no index of {classes} classes: expected 0 to {classes - 1}.");
    }

    // What forward leaves behind of a part goes with the scope, and what a view of logits was cut from too.
    private static Tensor LogitsOfPart(nn.Module<Tensor, Tensor> model, Tensor part)
    {
        RunningCell.Stopped.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        Device device = model.parameters().FirstOrDefault()?.device ?? part.device;
        Tensor logits = model.CallInWords(part.to(device, copy: true));
        ThrowIfNotLogits(logits);
        return logits.cpu().clone().MoveToOuterDisposeScope();
    }

    private static void ThrowIfNotLogits(Tensor logits)
    {
        if (logits.dim() != 2 || logits.shape[1] == 0 || !logits.is_floating_point())
            throw new ArgumentException($"Logits are {logits.Describe()}: expected [N, classes] floating point.");
    }
}
