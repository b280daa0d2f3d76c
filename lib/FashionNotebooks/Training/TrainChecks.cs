namespace FashionNotebooks;

/// <summary>What is looked at before the first step, and what is said when a step is refused.</summary>
internal static class TrainChecks
{
    public static void ThrowIfNothingToDo(TrainOptions options, int trainBatchNum, int batchNum)
    {
        if (options.NumEpochs < 1)
            throw new ArgumentException($"NumEpochs is {options.NumEpochs}: expected 1 or more.", nameof(options));

        if (options.ShuffleSeed < 0)
            throw new ArgumentException($"ShuffleSeed is {options.ShuffleSeed}: expected 0 or more.", nameof(options));

        if (trainBatchNum < 1 || trainBatchNum >= batchNum)
        {
            throw new ArgumentException(
                $"TrainRate {options.TrainRate} puts {trainBatchNum} of {batchNum} batches into training: "
                + "expected at least one for training and one for validation.", nameof(options));
        }
    }

    public static void ThrowIfOfAnotherModel(optim.Optimizer optimizer, nn.Module model)
    {
        IEnumerable<IntPtr> trained = optimizer.parameters().Select(parameter => parameter.Handle);
        if (!model.parameters().Select(parameter => parameter.Handle).Intersect(trained).Any())
            throw new ArgumentException("The optimizer has none of the model's parameters: use model.parameters().");

        try
        {
            // It throws for parameters that model.to has replaced.
            _ = (optimizer as OptimizerHelper)?.state_dict();
        }
        catch (KeyNotFoundException e)
        {
            throw new ArgumentException("Create the optimizer after model.to(...), which makes new parameters.", e);
        }
    }

    /// <summary>Names the batch that was refused, and why; the C++ stack in libtorch's reason is left out.</summary>
    public static ArgumentException CreateRefusal(BatchLoader loader, int step, Exception reason)
    {
        using var scope = NewDisposeScope();
        (Tensor images, Tensor labels) = loader[step];
        (long lowest, long highest) = loader.LabelRange();
        string why = reason.Message.Split('\n')[0].TrimEnd('.');
        return new ArgumentException(
            $"Batch {step}, images {images.Describe()} with labels {labels.Describe()}, in the dataset from {lowest} "
            + $"to {highest}, was refused: {why}. Expected: a model that takes such images and returns logits, "
            + $"[{labels.shape[0]}, classes], labels below the number of classes, and a loss that takes both.", reason);
    }
}
