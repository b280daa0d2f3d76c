namespace FashionNotebooks;

/// <summary>Keeps a copy of a model's weights from its best epoch.</summary>
internal sealed class BestWeights(nn.Module model) : IDisposable
{
    public Dictionary<string, Tensor> Copy { get; private set; } = [];

    /// <summary>Copies the weights as they are now, in place of an earlier copy.</summary>
    public void Keep()
    {
        Dispose();
        // state_dict() holds the live tensors, which the next step would change.
        using var noGrad = no_grad();
        Copy = model.state_dict()
            .ToDictionary(entry => entry.Key, entry => entry.Value.clone().DetachFromDisposeScope());
    }

    /// <summary>Restores the copy in the model, if there is one.</summary>
    public void Restore()
    {
        if (Copy.Count > 0)
            model.load_state_dict(Copy);
    }

    public void Dispose() => Copy.Values.ToList().ForEach(weight => weight.Dispose());
}
