using System.Diagnostics.Tracing;

namespace FashionNotebooks;

/// <summary>Says how far a training is, to whoever listens: the runner's live line does, and <c>dotnet-trace</c> can.
/// </summary>
[EventSource(Name = "FashionNotebooks.Training")]
internal sealed class TrainEvents : EventSource
{
    public static readonly TrainEvents Log = new();

    /// <param name="epoch">The epoch that begins, from 0.</param>
    /// <param name="numEpochs">How many there are.</param>
    [Event(1)]
    public void Epoch(int epoch, int numEpochs) => WriteEvent(1, epoch, numEpochs);
}
