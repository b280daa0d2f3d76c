namespace FashionNotebooks;

/// <summary>What one epoch of training brought.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="NumEpochs">How many epochs the training has.</param>
/// <param name="TrainLoss">The mean loss for each training image, taken while the weights still changed.</param>
/// <param name="TrainAcc">The share of training images classified correctly, 0 to 1.</param>
/// <param name="ValLoss">The mean loss for each validation image, after the epoch's last step.</param>
/// <param name="ValAcc">The share of validation images classified correctly, 0 to 1.</param>
/// <param name="Elapsed">The time since the training began.</param>
public sealed record EpochMetrics(
    int Epoch, int NumEpochs, double TrainLoss, double TrainAcc, double ValLoss, double ValAcc, TimeSpan Elapsed)
{
    /// <summary><see cref="Elapsed"/> in the tutorial's form, such as "4m 56s".</summary>
    public string Time => $"{(int)Elapsed.TotalMinutes}m {Elapsed.Seconds}s";

    /// <summary>The tutorial's five lines for an epoch.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        Epoch {Epoch}/{NumEpochs - 1}
        ----------
        {Epoch} Train Loss: {TrainLoss:F4} Train Acc: {TrainAcc:F4}
        {Epoch} Val Loss: {ValLoss:F4} Val Acc: {ValAcc:F4}
        Train and Val complete in {Time}
        """);
}
