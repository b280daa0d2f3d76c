namespace FashionNotebooks;

/// <summary>What is looked at before the first step, and what is said when a step is refused.</summary>
internal static class TrainChecks
{
    public static void ThrowIfNothingToDo(TrainOptions options, int trainBatchNum, int batchNum)
    {
        if (options.NumEpochs < 1)
            throw new ArgumentException($"NumEpochs is {options.NumEpochs}: expected 1 or more.", nameof(options));

        if (trainBatchNum < 1 || trainBatchNum >= batchNum)
        {
            throw new ArgumentException(
                $"TrainRate {options.TrainRate} puts {trainBatchNum} of {batchNum} batches into training: "
                + "expected at least one for training and one for validation.", nameof(options));
        }
    }

    public static void ThrowIfNoStepCanBeMade(
        optim.Optimizer optimizer, optim.lr_scheduler.LRScheduler? scheduler, nn.Module model)
    {
        if (optimizer is LBFGS)
            throw new ArgumentException("LBFGS needs a closure: expected an optimizer that needs none, such as Adam.");

        if (scheduler is optim.lr_scheduler.impl.ReduceLROnPlateau)
        {
            throw new ArgumentException(
                "ReduceLROnPlateau has to be told a loss: expected a scheduler that needs none, such as StepLR.");
        }

        IEnumerable<IntPtr> trained = optimizer.parameters().Select(parameter => parameter.Handle);
        Parameter[] own = [.. model.parameters().IntersectBy(trained, parameter => parameter.Handle)];
        if (own.Length == 0)
        {
            throw new ArgumentException("The optimizer has none of the model's parameters: use model.parameters(), and "
                + "RegisterComponents() at the end of the model's constructor.");
        }

        if (!is_grad_enabled() || !own.Any(parameter => parameter.requires_grad))
        {
            throw new ArgumentException("None of the optimizer's parameters gets a gradient: expected requires_grad of "
                + "some to be true, and a training outside of no_grad().");
        }

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

    /// <summary>The variance of the only value of a channel is none, and becomes NaN in BatchNorm's buffers.</summary>
    public static void ThrowIfBatchesOfOneAreNormalised(nn.Module model, int batchSize)
    {
        if (batchSize == 1 && model.modules().Append(model).OfType<BatchNorm1d>().Any())
        {
            throw new ArgumentException(
                "BatchNorm1d needs more than 1 value per channel: expected batches of 2 images or more.");
        }
    }

    /// <summary>The images that the transform makes of those of a batch.</summary>
    /// <exception cref="ArgumentException">It returns nothing, fewer images or more, or another dtype.</exception>
    public static Tensor Apply(Func<Tensor, Tensor> transform, Tensor images)
    {
        (string given, long count, ScalarType dtype) = (images.Describe(), images.shape[0], images.dtype);
        Tensor? changed = transform(images);
        if (changed is { IsInvalid: false } && changed.shape.FirstOrDefault() == count && changed.dtype == dtype)
            return changed;

        string found = changed is { IsInvalid: false } ? changed.Describe() : "no tensor";
        throw new ArgumentException($"The transform makes {found} of {given}");
    }

    /// <summary>Names the batch that was refused, and why.</summary>
    public static ArgumentException CreateRefusal(BatchLoader loader, int step, Exception reason)
    {
        using var scope = NewDisposeScope();
        (Tensor images, Tensor labels) = loader[step];
        (long lowest, long highest) = loader.LabelRange();
        return Refusal.Create(reason, why =>
            $"Batch {step}, images {images.Describe()} with labels {labels.Describe()}, in the dataset from {lowest} "
            + $"to {highest}, was refused: {why}. Expected: a transform, if any, that keeps their number and dtype, a "
            + $"model that takes such images and returns logits, [{labels.shape[0]}, classes], labels below the number "
            + "of classes, and a loss that takes both and has a gradient.");
    }
}
