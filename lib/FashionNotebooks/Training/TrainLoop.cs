namespace FashionNotebooks;

/// <summary>What happens within an epoch: training on the first batches, then validation on the rest.</summary>
internal sealed class TrainLoop(
    nn.Module<Tensor, Tensor> model, Loss<Tensor, Tensor, Tensor> criterion, optim.Optimizer optimizer,
    TrainOptions options, CancellationToken cancellationToken)
{
    // So far apart are the seeds of two orders, so that the epochs of one seed do not repeat those of the next.
    private const int LargePrime = 1_000_003;

    private readonly Device device = model.parameters().First().device;

    /// <summary>Makes one step of the optimizer for each of the first batches.</summary>
    public RunningMetrics TrainEpoch(int epoch, BatchLoader loader, int trainBatchNum)
    {
        if (options.ShuffleSeed is { } seed)
            loader = loader.Shuffle(trainBatchNum, new Random((seed * LargePrime) + epoch));

        var metrics = new RunningMetrics(epoch, firstStep: 0);
        model.train();
        for (int step = 0; step < trainBatchNum; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            (Tensor images, Tensor labels) = loader[step].To(device);
            if (options.Transform is { } transform)
                images = transform(images);

            Tensor output = model.call(images);
            Tensor loss = criterion.call(output, labels);
            metrics.Add(loss, output, labels);
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
        var metrics = new RunningMetrics(epoch, firstStep: trainBatchNum);
        using var noGrad = no_grad();
        model.eval();
        for (int step = trainBatchNum; step < loader.Count; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            (Tensor images, Tensor labels) = loader[step].To(device);
            Tensor output = model.call(images);
            Tensor loss = criterion.call(output, labels);
            metrics.Add(loss, output, labels);
        }

        return metrics;
    }
}
