using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FashionNotebooks;

/// <summary>Trains a network as the tutorial does.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains on the first batches, validates on the rest, epoch by epoch, and leaves in the model the weights of the
    /// epoch with the best validation accuracy. The first <c>round(batches * TrainRate)</c> batches are trained on.
    /// Each of them goes once through the given model, and the given optimizer makes one step. The editor's button
    /// <i>Stop</i> ends the training between two batches: then the result holds the epochs that are complete.
    /// </summary>
    /// <param name="model">
    /// Takes images and returns logits, <c>[B, classes]</c>, in any dtype, on any device: batches move to that of its
    /// first parameter. Trained in place, and left in evaluation mode. What it keeps of a batch for the next one has to
    /// be detached from the batch's dispose scope.
    /// </param>
    /// <param name="trainLoader">
    /// The batches, in this order unless they are shuffled; each label is below the number of logits.
    /// </param>
    /// <param name="criterion">The mean loss of a batch, one number, from logits and labels.</param>
    /// <param name="optimizer">An optimizer of some or all of the model's parameters that needs no closure.</param>
    /// <param name="options">How to train; by default 80 % of the batches for 25 epochs, in order.</param>
    /// <param name="progress">Told of each epoch, on this thread.</param>
    /// <param name="cancellationToken">
    /// Ends the training between two batches with an exception.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The options leave nothing to do, the optimizer is another model's, all its parameters are frozen, it or the
    /// scheduler needs to be told a loss, or transform, model, images, labels and loss do not fit together in shape,
    /// dtype or device. If the first batch shows it, no parameter has changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The dataset has been disposed.</exception>
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
        RunningCell.Stopped.ThrowIfCancellationRequested();
        options ??= new TrainOptions();
        int trainBatchNum = (int)Math.Round(trainLoader.Count * options.TrainRate);
        TrainChecks.ThrowIfNothingToDo(options, trainBatchNum, trainLoader.Count);
        TrainChecks.ThrowIfNoStepCanBeMade(optimizer, options.Scheduler, model);
        TrainChecks.ThrowIfBatchesOfOneAreNormalised(model, trainLoader.BatchSize);
        var history = new List<EpochMetrics>();
        using var best = new BestWeights(model);
        var modes = new ModuleModes(model);
        var loop = new TrainLoop(model, criterion, optimizer, options, cancellationToken);
        var clock = Stopwatch.StartNew();
        try
        {
            for (int epoch = 0; epoch < options.NumEpochs; epoch++)
            {
                EpochMetrics metrics = RunEpoch(epoch, options, loop, trainLoader, trainBatchNum, clock);
                history.Add(metrics);
                if (history.MaxBy(each => each.ValAcc) == metrics)
                    best.Keep();

                progress?.Report(metrics);
            }
        }
        catch (OperationCanceledException) when (RunningCell.Stopped.IsCancellationRequested)
        {
            // Whoever presses Stop wants to see what there is.
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
    }

    private static EpochMetrics RunEpoch(
        int epoch, TrainOptions options, TrainLoop loop, BatchLoader loader, int trainBatchNum, Stopwatch clock)
    {
        try
        {
            RunningMetrics train = loop.TrainEpoch(epoch, loader, trainBatchNum);
            RunningMetrics val = loop.Validate(epoch, loader, trainBatchNum);
            return new EpochMetrics(
                epoch, options.NumEpochs, train.Loss, train.Accuracy, val.Loss, val.Accuracy, clock.Elapsed);
        }
        catch (Exception e) when (e is ExternalException or ArgumentException)
        {
            throw TrainChecks.CreateRefusal(loader, loop.Step, e);
        }
    }
}
