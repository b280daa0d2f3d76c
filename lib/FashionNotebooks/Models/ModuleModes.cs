namespace FashionNotebooks;

/// <summary>Remembers which modules of a model were in training mode, and restores that when disposed.</summary>
internal sealed class ModuleModes(nn.Module model) : IDisposable
{
    // Parents come before what they hold, since train() reaches down to it.
    private readonly (nn.Module Module, bool Training)[] modes =
        [.. model.modules().Prepend(model).Select(module => (module, module.training))];

    public void Restore()
    {
        foreach ((nn.Module module, bool training) in modes)
            module.train(training);
    }

    public void Dispose() => Restore();
}
