using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Keeps a copy of a model's weights from its best epoch.</summary>
internal sealed class BestWeights(nn.Module model) : IDisposable
{
    private Dictionary<string, Tensor> weights = [];

    /// <summary>The epoch with the highest validation accuracy, the first of equals; null before the first.</summary>
    public EpochMetrics? Metrics { get; private set; }

    public IReadOnlyDictionary<string, Tensor> Copy => weights;

    /// <summary>Copies the weights if no earlier epoch was as good.</summary>
    public void Update(EpochMetrics metrics)
    {
        if (Metrics is not null && metrics.ValAcc <= Metrics.ValAcc)
            return;

        Metrics = metrics;
        Dispose();
        // state_dict() holds the live tensors, which the next step would change.
        using var noGrad = no_grad();
        weights = model.state_dict()
            .ToDictionary(entry => entry.Key, entry => entry.Value.clone().DetachFromDisposeScope());
    }

    /// <summary>Restores the copy in the model, if there is one.</summary>
    public void Restore()
    {
        if (Metrics is not null)
            model.load_state_dict(weights);
    }

    public void Dispose() => weights.Values.ToList().ForEach(weight => weight.Dispose());
}
