using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>The figures of the notebooks. End a cell with one of them to see it.</summary>
public static class Plot
{
    /// <summary>Grey images side by side, each with its title.</summary>
    /// <param name="images"><c>[N, 1, H, W]</c> float32 from 0 (black) to 1 (white).</param>
    /// <param name="titles">A title for each image.</param>
    /// <param name="columns">How many images stand in a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The images have another shape, or there are more or fewer titles.</exception>
    public static Figure ImageGrid(Tensor images, IReadOnlyList<string> titles, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (images.dim() != 4 || images.shape[1] != 1 || images.numel() == 0)
            throw new ArgumentException($"Images have shape [{string.Join(", ", images.shape)}]: expected [N, 1, H, W], none of them 0.", nameof(images));

        if (images.shape[0] != titles.Count)
            throw new ArgumentException($"{titles.Count} titles do not go with {images.shape[0]} images.", nameof(titles));

        using var scope = NewDisposeScope();
        byte[] pixels = [.. (images.detach() * 255).round().clamp(0, 255).to(uint8).cpu().contiguous().data<byte>()];
        int width = (int)images.shape[3];
        byte[][][] grid = [.. pixels.Chunk(width).Chunk((int)images.shape[2])];

        string specification = PlotlyLoadContext.Charts.ImageGrid(grid, titles, columns);
        string names = string.Join(", ", titles).Replace("\n", ": ");
        return new Figure(specification, $"{titles.Count} grey images in rows of {columns}: {names}.");
    }

    /// <summary>Images of a dataset, each with the name of its class.</summary>
    /// <param name="images"><c>[N, 1, H, W]</c> float32 from 0 to 1.</param>
    /// <param name="labels"><c>[N]</c> int64, indices into <paramref name="classes"/>.</param>
    /// <param name="classes">The classes' names.</param>
    /// <param name="columns">How many images stand in a row, 1 or more.</param>
    /// <exception cref="ArgumentException">A label has no class, or there are more or fewer labels than images.</exception>
    public static Figure ImageGrid(Tensor images, Tensor labels, IReadOnlyList<string> classes, int columns)
    {
        string Name(long label) => label >= 0 && label < classes.Count ? classes[(int)label]
            : throw new ArgumentException($"Label {label} has no class: expected 0 to {classes.Count - 1}.", nameof(labels));

        using var scope = NewDisposeScope();
        return ImageGrid(images, [.. labels.cpu().data<long>().Select(Name)], columns);
    }

    /// <summary>Loss and accuracy over the epochs: red circles for training, blue squares for validation.</summary>
    /// <param name="trainProcess">A data frame with the columns of <see cref="TrainResult.TrainProcess"/>.</param>
    /// <exception cref="ArgumentException">A column is missing.</exception>
    public static Figure TrainingCurves(DataFrame trainProcess)
    {
        double[] Column(string name) => [.. trainProcess[name].Cast<object>().Select(Convert.ToDouble)];

        double[] trainLoss = Column("train_loss_all");
        double[] valLoss = Column("val_loss_all");
        double[] trainAcc = Column("train_acc_all");
        double[] valAcc = Column("val_acc_all");
        int[] epochs = [.. trainProcess["epoch"].Cast<object>().Select(Convert.ToInt32)];

        string specification = PlotlyLoadContext.Charts.TrainingCurves(epochs, trainLoss, valLoss, trainAcc, valAcc);
        return new Figure(specification, FormattableString.Invariant(
            $"Two line charts over {epochs.Length} epochs. Loss: training from {trainLoss[0]:F4} to {trainLoss[^1]:F4}, ")
            + FormattableString.Invariant($"validation from {valLoss[0]:F4} to {valLoss[^1]:F4}. ")
            + FormattableString.Invariant($"Accuracy: training from {trainAcc[0]:F4} to {trainAcc[^1]:F4}, ")
            + FormattableString.Invariant($"validation from {valAcc[0]:F4} to {valAcc[^1]:F4}."));
    }

    /// <summary>The confusion matrix as a heatmap with the count in each cell.</summary>
    public static Figure ConfusionHeatmap(ConfusionMatrix confusion)
    {
        int[] classes = [.. Enumerable.Range(0, confusion.Classes.Count)];
        int[][] counts = [.. classes.Select(row => (int[])[.. classes.Select(column => confusion[row, column])])];

        string specification = PlotlyLoadContext.Charts.ConfusionHeatmap(counts, confusion.Classes);
        string right = string.Join(", ", classes.Select(index => $"{confusion.Classes[index]} {counts[index][index]}"));
        string confused = string.Join("; ", confusion.MostConfused(3));
        return new Figure(specification, $"Confusion matrix. Predicted right: {right}. Most confused: {confused}.");
    }

    /// <summary>The probability of each class for one image, as bars; the true class stands out.</summary>
    /// <param name="logits">What the network answered for the image, <c>[classes]</c>.</param>
    /// <param name="trueClass">What the image is.</param>
    /// <param name="classes">The classes' names.</param>
    /// <exception cref="ArgumentException">There are more or fewer logits than classes.</exception>
    public static Figure ClassProbabilities(Tensor logits, int trueClass, IReadOnlyList<string> classes)
    {
        if (!logits.shape.SequenceEqual([classes.Count]))
            throw new ArgumentException($"Logits have shape [{string.Join(", ", logits.shape)}]: expected [{classes.Count}].", nameof(logits));

        using var scope = NewDisposeScope();
        double[] probabilities = [.. logits.detach().softmax(0).data<float>().Select(value => (double)value)];
        string specification = PlotlyLoadContext.Charts.ClassProbabilities(probabilities, classes, trueClass);
        string values = string.Join(", ", classes.Select((name, index) => FormattableString.Invariant($"{name} {probabilities[index]:0.0%}")));
        return new Figure(specification, $"Probability of each class for an image of class {classes[trueClass]}: {values}.");
    }

    /// <summary>Test accuracies from several seeds: a dot for each, with the mean and the tutorial's accuracy.</summary>
    /// <param name="samples">A strip for each; at least one.</param>
    /// <exception cref="ArgumentException">There is no sample, or one without accuracies.</exception>
    public static Figure AccuracyStrip(IReadOnlyList<AccuracySample> samples)
    {
        if (samples.Count == 0 || samples.Any(sample => sample.Accuracies.Count == 0))
            throw new ArgumentException("There is nothing to draw: expected samples with at least one accuracy each.", nameof(samples));

        string specification = PlotlyLoadContext.Charts.AccuracyStrip(
            [.. samples.Select(sample => sample.Network)],
            [.. samples.Select(sample => (double[])[.. sample.Accuracies])],
            [.. samples.Select(sample => sample.Mean)],
            [.. samples.Select(sample => sample.Tutorial)]);
        IEnumerable<string> descriptions = samples.Select(sample => FormattableString.Invariant(
            $"{sample.Network}: {sample.Accuracies.Count} seeds, mean {sample.Mean:0.00%}, ")
            + FormattableString.Invariant($"from {sample.Accuracies.Min():0.00%} to {sample.Accuracies.Max():0.00%}, tutorial {sample.Tutorial:0.00%}"));
        return new Figure(specification, $"Test accuracies. {string.Join("; ", descriptions)}.");
    }

    /// <summary>The network as a drawing: what each stage does and the shape that leaves it.</summary>
    /// <param name="model">A network of convolutions, pooling and fully connected layers for 28 by 28 grey images.</param>
    public static Figure Architecture(nn.Module<Tensor, Tensor> model)
    {
        IReadOnlyList<(string Operation, int[] Shape)> stages = ArchitectureStages.Of(model);
        string specification = PlotlyLoadContext.Charts.Architecture(stages);
        string description = string.Join(" → ", stages.Select(stage => $"{stage.Operation} ({string.Join("×", stage.Shape)})"));
        return new Figure(specification, $"Architecture: {description}.");
    }
}
