namespace FashionNotebooks;

/// <summary>How <see cref="Trainer.TrainModel"/> trains.</summary>
public sealed record TrainOptions
{
    /// <summary>The share of batches to train on, above 0 and below 1; the rest is for validation.</summary>
    public double TrainRate { get; init; } = 0.8;

    /// <summary>How many times the network sees all training batches, 1 or more.</summary>
    public int NumEpochs { get; init; } = 25;

    /// <summary>
    /// A file that is replaced after each epoch by all that is needed to go on from there; a training that finds it
    /// does so, and ends, on the CPU, with the same digits as if it had never been interrupted. It is refused with
    /// other batches, other parameters, or an optimizer with other options or order of parameters. Not noticed are
    /// another forward, loss, seed or number of threads; a scheduler's count is not saved. Null for none.
    /// </summary>
    public string? CheckpointPath { get; init; }
}
