namespace FashionNotebooks;

/// <summary>How <see cref="Trainer.TrainModel"/> trains.</summary>
public sealed record TrainOptions
{
    /// <summary>The share of batches to train on, above 0 and below 1; the rest is for validation.</summary>
    public double TrainRate { get; init; } = 0.8;

    /// <summary>How many times the network sees all training batches, 1 or more.</summary>
    public int NumEpochs { get; init; } = 25;

    /// <summary>
    /// Shuffles the training images before each epoch, in an order that this seed alone decides; those for validation
    /// are the same as ever. Null keeps the order of the dataset, as the tutorial does.
    /// </summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>
    /// Changes the images of a training batch, <c>[B, ...]</c> on the model's device, before the model gets them, such
    /// as by mirroring some at random; it may do so in place, and returns as many images of the same dtype. Those for
    /// validation are not changed. Null for none.
    /// </summary>
    public Func<Tensor, Tensor>? Transform { get; init; }

    /// <summary>
    /// Sets the learning rate of the optimizer: one step after each training batch, so that what is counted in epochs
    /// elsewhere is here counted in batches. Fresh at each call of <see cref="Trainer.TrainModel"/>, and not
    /// <c>ReduceLROnPlateau</c>, which has to be told a loss. Null for none.
    /// </summary>
    public optim.lr_scheduler.LRScheduler? Scheduler { get; init; }
}
