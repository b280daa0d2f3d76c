namespace FashionNotebooks;

/// <summary>Keeps a copy of a model's weights from its best epoch.</summary>
internal sealed class BestWeights(nn.Module model) : IDisposable
{
    private Dictionary<string, Tensor> copy = [];

    /// <summary>Copies the weights as they are now, in place of an earlier copy.</summary>
    public void Keep()
    {
        Dispose();
        // state_dict() holds the live tensors, which the next step would change.
        using var noGrad = no_grad();
        copy = model.state_dict()
            .ToDictionary(entry => entry.Key, entry => entry.Value.clone().DetachFromDisposeScope());
    }

    /// <summary>Restores the copy in the model, if there is one.</summary>
    public void Restore()
    {
        if (copy.Count > 0)
            model.load_state_dict(copy);
    }

    public void Dispose() => copy.Values.ToList().ForEach(weight => weight.Dispose());
}
