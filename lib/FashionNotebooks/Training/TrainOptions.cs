namespace FashionNotebooks;

/// <summary>How <see cref="Trainer.TrainModel"/> trains.</summary>
public sealed record TrainOptions
{
    /// <summary>The share of the batches that are trained on, above 0 and below 1; the rest are for validation.</summary>
    public double TrainRate { get; init; } = 0.8;

    /// <summary>How many times the network sees all training batches, 1 or more.</summary>
    public int NumEpochs { get; init; } = 25;

    /// <summary>Where to train, as <see cref="Devices.Find"/> names it. The model has to be there.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// A file that is replaced after each epoch by all that is needed to go on from there; a training that finds it
    /// does so, and ends, on the CPU, with the same digits as if it had never been interrupted. It notices other
    /// batches, another network, optimizer or learning rate; it does not know of another seed. Null for none.
    /// </summary>
    public string? CheckpointPath { get; init; }
}
