using System.Collections;
using System.Reflection;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>A way back through a layer that takes the place of libtorch's; the way forward stays the layer's.</summary>
internal sealed class LayerGradient : autograd.SingleTensorFunction<LayerGradient>
{
    private const string CallKey = "call";

    /// <summary>
    /// Computes gradients from the layer's input, followed by its parameters, and the gradient at its output.
    /// </summary>
    /// <returns>One for each of the first, null where none is needed.</returns>
    public delegate Tensor?[] Compute(List<Tensor> inputs, Tensor gradOutput);

    public override string Name => nameof(LayerGradient);

    /// <summary>Replaces the way back, for images in batches, <c>[N, C, H, W]</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="parameters">Its parameters, in the order in which <paramref name="compute"/> takes them.</param>
    /// <param name="fits">Whether it is to be used for an input.</param>
    /// <param name="compute">The way back.</param>
    /// <param name="fail">Called where the way back ends with an error: an exception would end the process.</param>
    /// <returns>What gives the layer its own way back; null if it has hooks and was left alone.</returns>
    public static Action? Replace(nn.Module<Tensor, Tensor> layer, Tensor[] parameters, Predicate<Tensor> fits, Compute compute, Action<Exception> fail)
    {
        if (HasHooks(layer))
            return null;

        return layer.register_forward_hook((_, input, output) => output.requires_grad && output.dim() == 4 && fits(input)
            ? apply([input, .. parameters, new Call(layer, output, compute, fail, 1 + parameters.Length)])
            : output).remove;
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var call = (Call)vars[^1];
        ctx.save_for_backward([.. vars[..^1].Cast<Tensor>()]);
        ctx.save_data(CallKey, call with { Output = null });
        return call.Output!.detach();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var call = (Call)ctx.get_data(CallKey);
        try
        {
            using var scope = NewDisposeScope();
            return [.. call.Compute(ctx.get_saved_variables(), grad_output).Select(gradient => gradient?.MoveToOuterDisposeScope()!), null!];
        }
        catch (Exception e)
        {
            call.Fail(new InvalidOperationException($"The gradient of {call.Layer.GetName()} cannot be computed: {e.Message}", e));
            return [.. Enumerable.Repeat<Tensor>(null!, call.InputCount), null!];
        }
    }

    /// <summary>Whether a hook may change or keep what the layer returns, so that the way back is not the layer's alone.</summary>
    public static bool HasHooks(nn.Module layer) =>
        layer.GetType().GetField("post_hooks", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(layer) is not ICollection { Count: 0 };

    private sealed record Call(nn.Module Layer, Tensor? Output, Compute Compute, Action<Exception> Fail, int InputCount);
}
