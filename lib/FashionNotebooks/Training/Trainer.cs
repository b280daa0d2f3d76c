using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Trains a network as the tutorial does.</summary>
public static class Trainer
{
    // Keeps the orders of one seed's epochs apart from those of the next seed's.
    private const int LargePrime = 1_000_003;

    /// <summary>
    /// Trains on the first batches, validates on the rest, epoch by epoch, and leaves in the model the weights of the
    /// epoch with the best validation accuracy. The first <c>round(batches * TrainRate)</c> batches are trained on.
    /// Each of them goes once through the given model, and the given optimizer makes one step.
    /// </summary>
    /// <param name="model">
    /// Takes images and returns logits, <c>[B, classes]</c>, in any dtype, on any device: batches move to that of its
    /// first parameter. Trained in place, and left in evaluation mode. What it keeps of a batch for the next one has to
    /// be detached from the batch's dispose scope.
    /// </param>
    /// <param name="trainLoader">The batches, in this order; each label is below the number of logits.</param>
    /// <param name="criterion">The mean loss of a batch, one number, from logits and labels.</param>
    /// <param name="optimizer">An optimizer of some or all of the model's parameters that needs no closure.</param>
    /// <param name="options">The split and the number of epochs; by default 80 % and 25.</param>
    /// <param name="progress">Told of each epoch, on this thread.</param>
    /// <param name="cancellationToken">Stops the training between two batches.</param>
    /// <exception cref="ArgumentException">
    /// The options leave nothing to do, the optimizer is another model's, or model, images, labels and loss do not fit
    /// together in shape, dtype or device. If the first batch shows it, no parameter has changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The dataset has been disposed.</exception>
    /// <exception cref="IOException">The checkpoint cannot be written.</exception>
    /// <exception cref="DataFileException">The checkpoint is damaged or of another training.</exception>
    /// <exception cref="LossNotFiniteException">The loss was infinite or not a number: see there.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the model keeps its latest weights.</exception>
    /// <remarks>After an exception each module is in the mode, training or evaluation, that it was in before.</remarks>
    public static TrainResult TrainModel(
        nn.Module<Tensor, Tensor> model,
        BatchLoader trainLoader,
        Loss<Tensor, Tensor, Tensor> criterion,
        optim.Optimizer optimizer,
        TrainOptions? options = null,
        IProgress<EpochMetrics>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new TrainOptions();
        int trainBatchNum = (int)Math.Round(trainLoader.Count * options.TrainRate);
        Checked.ThrowIfNothingToDo(options, trainBatchNum, trainLoader.Count);
        Checked.ThrowIfOfAnotherModel(optimizer, model);
        Device device = model.parameters().First().device;
        using var best = new BestWeights(model);
        var checkpoint = Checkpoint.Open(options, model, optimizer, best, trainLoader, trainBatchNum);
        List<EpochMetrics> history = checkpoint?.Resume(options.NumEpochs, GoOn) ?? []; // empty for a new training
        TimeSpan before = history.LastOrDefault()?.Elapsed ?? TimeSpan.Zero;
        var clock = Stopwatch.StartNew();
        var modes = new ModuleModes(model);
        try
        {
            for (int epoch = history.Count; epoch < options.NumEpochs; epoch++)
            {
                TrainEvents.Log.Epoch(epoch, options.NumEpochs);
                var train = new RunningMetrics();
                BatchLoader loader = options.ShuffleSeed is { } seed
                    ? trainLoader.Shuffle(trainBatchNum, new Random((seed * LargePrime) + epoch)) : trainLoader;
                model.train();
                for (int step = 0; step < trainBatchNum; step++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    using var scope = NewDisposeScope();
                    Batch batch = loader[step].To(device);
                    if (options.Transform is { } transform)
                        batch = batch with { Images = transform(batch.Images) };

                    Tensor output = Checked.Output(model, batch);
                    if (step == 0)
                        trainLoader.ThrowIfLabelsAreOutside(classes: output.shape[1]);

                    Tensor loss = Checked.Loss(criterion, output, batch);
                    double lossValue = Checked.FiniteValue(loss, epoch, step);
                    optimizer.zero_grad();
                    loss.backward();
                    optimizer.step();
                    options.Scheduler?.step();
                    train.Add(lossValue, output, batch.Labels);
                }

                var val = new RunningMetrics();
                model.eval();
                for (int step = trainBatchNum; step < trainLoader.Count; step++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    using var noGrad = no_grad();
                    using var scope = NewDisposeScope();
                    Batch batch = trainLoader[step].To(device);
                    Tensor output = Checked.Output(model, batch);
                    Tensor loss = Checked.Loss(criterion, output, batch);
                    val.Add(Checked.FiniteValue(loss, epoch, step), output, batch.Labels);
                }

                var metrics = new EpochMetrics(epoch, options.NumEpochs,
                    train.Loss, train.Accuracy, val.Loss, val.Accuracy, before + clock.Elapsed);
                history.Add(metrics);
                if (history.MaxBy(each => each.ValAcc) == metrics)
                    best.Keep();
                progress?.Report(metrics);
                checkpoint?.Save(history);
            }
        }
        catch (Exception e)
        {
            if (e is LossNotFiniteException)
                best.Restore();
            modes.Restore();
            throw;
        }

        best.Restore();
        model.eval();
        return new TrainResult(history);

        void GoOn(int epochs)
        {
            for (int step = 0; step < epochs * trainBatchNum; step++)
                options.Scheduler?.step();
        }
    }
}
