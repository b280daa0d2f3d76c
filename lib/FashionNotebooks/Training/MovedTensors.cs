using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// Tensors that use other memory for a while. Once they are back, their own memory holds what they have become, for
/// all that share it.
/// </summary>
internal sealed class MovedTensors : IDisposable
{
    private readonly List<(Tensor Moved, Tensor Own)> tensors = [];

    /// <summary>Copies a tensor's values to a place of the same shape, and lets the tensor use that.</summary>
    public void Move(Tensor tensor, Tensor place)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        tensors.Add((tensor, tensor.detach().DetachFromDisposeScope()));
        tensor.set_(place.copy_(tensor));
    }

    /// <summary>Moves all tensors back.</summary>
    public void Dispose()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach ((Tensor moved, Tensor own) in tensors)
        {
            moved.set_(own.copy_(moved));
            own.Dispose();
        }

        tensors.Clear();
    }
}
