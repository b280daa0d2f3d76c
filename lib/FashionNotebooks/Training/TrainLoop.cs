namespace FashionNotebooks;

/// <summary>What happens within an epoch: training on the first batches, then validation on the rest.</summary>
internal sealed class TrainLoop(
    nn.Module<Tensor, Tensor> model, Loss<Tensor, Tensor, Tensor> criterion, optim.Optimizer optimizer,
    TrainOptions options, CancellationToken cancellationToken)
{
    // Random's seed is ShuffleSeed * LargePrime + epoch, so that seed 1, epoch 1 is not seed 2, epoch 0. Random drops
    // its sign: those of a negative ShuffleSeed lie half-way between the others.
    private const int LargePrime = 1_000_003;

    private readonly Device device = model.parameters().First().device;

    /// <summary>The batch that is in work, from 0; those for validation follow those of training.</summary>
    public int Step { get; private set; }

    /// <summary>Makes one step of the optimizer for each of the first batches.</summary>
    public RunningMetrics TrainEpoch(int epoch, BatchLoader loader, int trainBatchNum)
    {
        Step = 0;
        if (options.ShuffleSeed is { } seed)
        {
            int offset = epoch + (seed < 0 ? LargePrime / 2 : 0);
            loader = loader.Shuffle(trainBatchNum, new Random((seed * LargePrime) + offset));
        }

        var metrics = new RunningMetrics();
        model.train();
        for (; Step < trainBatchNum; Step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            (Tensor images, Tensor labels) = loader[Step].To(device);
            if (options.Transform is { } transform)
                images = TrainChecks.Apply(transform, images);

            Tensor output = model.call(images);
            Tensor loss = criterion.call(output, labels);
            metrics.Add(loss, output, labels, epoch, Step);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            options.Scheduler?.step();
        }

        return metrics;
    }

    /// <summary>Measures loss and accuracy on the batches that are not trained on; no weight changes.</summary>
    public RunningMetrics Validate(int epoch, BatchLoader loader, int trainBatchNum)
    {
        var metrics = new RunningMetrics();
        using var noGrad = no_grad();
        model.eval();
        for (Step = trainBatchNum; Step < loader.Count; Step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            (Tensor images, Tensor labels) = loader[Step].To(device);
            Tensor output = model.call(images);
            Tensor loss = criterion.call(output, labels);
            metrics.Add(loss, output, labels, epoch, Step);
        }

        return metrics;
    }
}
