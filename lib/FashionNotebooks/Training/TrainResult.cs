using Microsoft.Data.Analysis;

namespace FashionNotebooks;

/// <summary>What <see cref="Trainer.TrainModel"/> returns; the trained weights are in the model itself.</summary>
/// <param name="TrainProcess">
/// A row for each epoch, with the columns <c>epoch</c> (int), <c>train_loss_all</c>, <c>val_loss_all</c>,
/// <c>train_acc_all</c> and <c>val_acc_all</c> (double).
/// </param>
/// <param name="Best">The epoch with the highest validation accuracy, the first of equals: the model has its weights.</param>
public sealed record TrainResult(DataFrame TrainProcess, EpochMetrics Best);
