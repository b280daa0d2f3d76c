using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Data.Analysis;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Trains a network as the tutorial does.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains on the first batches, validates on the rest, epoch by epoch, and leaves in the model the weights of the
    /// epoch with the best validation accuracy. The first <c>round(batches * TrainRate)</c> batches are trained on.
    /// </summary>
    /// <param name="model">Takes a batch's images and returns logits, <c>[B, classes]</c>. Trained in place, and left in evaluation mode.</param>
    /// <param name="trainLoader">The batches, in the order in which they are used.</param>
    /// <param name="criterion">The mean loss of a batch, from logits and labels.</param>
    /// <param name="optimizer">An optimizer of the model's parameters.</param>
    /// <param name="options">The split and the number of epochs; by default 80 % and 25.</param>
    /// <param name="progress">Told of each epoch, on this thread.</param>
    /// <param name="cancellationToken">Stops the training between two batches.</param>
    /// <exception cref="ArgumentException">
    /// The options leave nothing to train on, to validate on or to do; the device is not there, or not the model's; the
    /// optimizer is another model's; or model, images, labels and loss do not fit together. Nothing has been changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The dataset has been disposed.</exception>
    /// <exception cref="IOException">The checkpoint cannot be written.</exception>
    /// <exception cref="DataFileException">The checkpoint is damaged or of another training. Nothing has been changed.</exception>
    /// <exception cref="LossNotFiniteException">
    /// The loss of a batch was infinite or not a number; the model has the weights of the best epoch so far, or, in the
    /// first epoch, those before that batch. It is left in the mode that it was in.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; the model keeps its latest weights.</exception>
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
        ThrowIfNothingToDo(options, trainBatchNum, trainLoader.Count);
        Device device = FindDevice(model, options);
        ThrowIfUnfit(model, trainLoader, criterion, optimizer, device);
        using var best = new BestWeights(model);
        var checkpoint = Checkpoint.Open(options.CheckpointPath, model, optimizer, best, trainLoader, trainBatchNum);
        List<EpochMetrics> history = checkpoint?.Resume(options.NumEpochs) ?? []; // empty, unless an interrupted training goes on
        TimeSpan before = history.LastOrDefault()?.Elapsed ?? TimeSpan.Zero;
        var clock = Stopwatch.StartNew();

        for (int epoch = history.Count; epoch < options.NumEpochs; epoch++)
        {
            using var fastPath = new FastPath(model, optimizer, trainLoader, device); // saves time, changes no more than last digits
            var train = new RunningMetrics();
            model.train();
            for (int step = 0; step < trainBatchNum; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                Batch batch = trainLoader[step].To(device);
                Tensor output = model.forward(batch.Images);
                Tensor loss = criterion.forward(output, batch.Labels);
                ThrowIfNotFinite(loss, epoch, step, best);
                fastPath.Optimizer.zero_grad();
                fastPath.Backward(loss);
                fastPath.Optimizer.step();
                train.Add(loss, output, batch.Labels);
            }

            var val = new RunningMetrics();
            model.eval();
            for (int step = trainBatchNum; step < trainLoader.Count; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var noGrad = no_grad();
                using var scope = NewDisposeScope();
                Batch batch = trainLoader[step].To(device);
                Tensor output = model.forward(batch.Images);
                Tensor loss = criterion.forward(output, batch.Labels);
                ThrowIfNotFinite(loss, epoch, step, best);
                val.Add(loss, output, batch.Labels);
            }

            fastPath.Dispose(); // who looks at the model and the optimizer from here on finds them as usual
            var metrics = new EpochMetrics(
                epoch, options.NumEpochs, train.Loss, train.Accuracy, val.Loss, val.Accuracy, before + clock.Elapsed);
            history.Add(metrics);
            best.Update(metrics);
            progress?.Report(metrics);
            checkpoint?.Save(history);
        }

        best.Restore();
        return new TrainResult(ToDataFrame(history), best.Metrics!);
    }

    private static void ThrowIfNothingToDo(TrainOptions options, int trainBatchNum, int batchNum)
    {
        if (options.NumEpochs < 1)
            throw new ArgumentException($"NumEpochs is {options.NumEpochs}: expected 1 or more.", nameof(options));

        if (options.TrainRate is not (> 0 and < 1))
            throw new ArgumentException($"TrainRate is {options.TrainRate}: expected more than 0 and less than 1.", nameof(options));

        if (trainBatchNum == 0 || trainBatchNum == batchNum)
        {
            throw new ArgumentException(
                $"TrainRate {options.TrainRate} puts {trainBatchNum} of {batchNum} batches into training: "
                + "expected at least one for training and one for validation.", nameof(options));
        }
    }

    private static Device FindDevice(nn.Module model, TrainOptions options)
    {
        Device device = Devices.Find(options.Device);
        if (model.parameters().FirstOrDefault(parameter => parameter.device_type != device.type || parameter.device_index != device.index) is { } elsewhere)
        {
            throw new ArgumentException($"The model is on {elsewhere.device}, training is to be on {device}: "
                + "move the model with to(...) before the optimizer is created.", nameof(model));
        }

        return device;
    }

    /// <summary>Tries the first batch and looks at all labels, before any time is spent.</summary>
    private static void ThrowIfUnfit(
        nn.Module<Tensor, Tensor> model, BatchLoader trainLoader, Loss<Tensor, Tensor, Tensor> criterion, optim.Optimizer optimizer, Device device)
    {
        HashSet<IntPtr> trained = [.. optimizer.parameters().Select(parameter => parameter.Handle)];
        if (!model.parameters().Any(parameter => trained.Contains(parameter.Handle)))
            throw new ArgumentException("The optimizer has none of the model's parameters: create it with model.parameters().", nameof(optimizer));

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Batch batch = trainLoader[0].To(device);
        string images = Describe(batch.Images);
        bool training = model.training;
        Tensor output;
        try
        {
            model.eval();
            output = model.forward(batch.Images);
        }
        catch (Exception e) when (e is ExternalException or ArgumentException)
        {
            throw new ArgumentException($"The model does not take images of {images}: {e.Message}", nameof(trainLoader), e);
        }
        finally
        {
            model.train(training);
        }

        if (output.dim() != 2 || output.shape[0] != batch.Labels.shape[0])
        {
            throw new ArgumentException($"The model returns {Describe(output)} for images of {images}: "
                + $"expected logits, [{batch.Labels.shape[0]}, classes].", nameof(model));
        }

        trainLoader.ThrowIfLabelsAreOutside(classes: output.shape[1]);
        Tensor loss;
        try
        {
            loss = criterion.forward(output, batch.Labels);
        }
        catch (Exception e) when (e is ExternalException or ArgumentException)
        {
            throw new ArgumentException($"The loss does not take logits of {Describe(output)} and labels of {Describe(batch.Labels)}: {e.Message}", nameof(criterion), e);
        }

        if (loss.numel() != 1)
            throw new ArgumentException($"The loss of a batch is {Describe(loss)}: expected one number, the mean.", nameof(criterion));
    }

    private static string Describe(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}] {tensor.dtype}";

    private static void ThrowIfNotFinite(Tensor loss, int epoch, int step, BestWeights best)
    {
        double value = loss.to(float64).item<double>();
        if (double.IsFinite(value))
            return;

        best.Restore();
        throw new LossNotFiniteException(epoch, step, value);
    }

    private static DataFrame ToDataFrame(List<EpochMetrics> history) => new(
        new Int32DataFrameColumn("epoch", history.Select(metrics => metrics.Epoch)),
        new DoubleDataFrameColumn("train_loss_all", history.Select(metrics => metrics.TrainLoss)),
        new DoubleDataFrameColumn("val_loss_all", history.Select(metrics => metrics.ValLoss)),
        new DoubleDataFrameColumn("train_acc_all", history.Select(metrics => metrics.TrainAcc)),
        new DoubleDataFrameColumn("val_acc_all", history.Select(metrics => metrics.ValAcc)));
}
