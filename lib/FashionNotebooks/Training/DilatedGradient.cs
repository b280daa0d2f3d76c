using System.Collections;
using System.Reflection;
using System.Runtime.Intrinsics.X86;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// The way back through a dilated convolution. For the gradient of dilated weights oneDNN, which libtorch computes
/// convolutions with, has no fast kernel on processors without AVX-512 (see ONEDNN_VERBOSE=1: x64:gemm:jit). There it
/// takes longer than all else in the layer, and as a matrix product half as long.
/// </summary>
internal sealed class DilatedGradient : autograd.SingleTensorFunction<DilatedGradient>
{
    private const string LayerKey = "layer";
    private const string FailKey = "fail";

    /// <summary>Whether it is faster than libtorch's on this processor.</summary>
    public static bool IsFaster => Avx2.IsSupported && !Avx512F.IsSupported;

    public override string Name => nameof(DilatedGradient);

    /// <summary>Takes over the way back of a layer; the way forward stays.</summary>
    /// <param name="module">Any layer.</param>
    /// <param name="fail">Called where the way back ends with an error: an exception would end the process.</param>
    /// <returns>What gives it back; null if the layer is no dilated convolution, or has hooks or settings beyond padding.</returns>
    public static Action? TakeOver(nn.Module module, Action<Exception> fail)
    {
        if (module is not Conv2d layer || layer.dilation.Max() == 1 || layer.stride.Max() > 1 || layer.groups > 1
            || layer.bias is null || layer.padding is null || layer.padding_mode != PaddingModes.Zeros || HasHooks(layer))
        {
            return null;
        }

        return layer.register_forward_hook((_, input, output) => output.requires_grad && output.dim() == 4
            ? apply(input, layer.weight, layer.bias, (layer, output, fail))
            : output).remove;
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Conv2d layer, Tensor output, Action<Exception> fail) = ((Conv2d, Tensor, Action<Exception>))vars[3];
        ctx.save_for_backward([(Tensor)vars[0], (Tensor)vars[1]]);
        ctx.save_data(LayerKey, layer);
        ctx.save_data(FailKey, fail);
        return output.detach();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        try
        {
            using var scope = NewDisposeScope();
            var layer = (Conv2d)ctx.get_data(LayerKey);
            List<Tensor> saved = ctx.get_saved_variables();
            Tensor? ofInput = saved[0].requires_grad
                ? nn.functional.conv_transpose2d(grad_output, saved[1], null, layer.stride, layer.padding!, [0, 0], layer.dilation)
                : null;
            Tensor ofWeight = OfWeight(layer, saved[0], grad_output);
            Tensor ofBias = grad_output.sum([0, 2, 3]);
            return [ofInput?.MoveToOuterDisposeScope()!, ofWeight.MoveToOuterDisposeScope(), ofBias.MoveToOuterDisposeScope(), null!];
        }
        catch (Exception e)
        {
            ((Action<Exception>)ctx.get_data(FailKey))(e);
            return [null!, null!, null!, null!];
        }
    }

    /// <summary>
    /// Each weight is multiplied with one pixel of the input for each pixel of the output; its gradient is the sum of
    /// these pixels, each times the gradient at the output.
    /// </summary>
    private static Tensor OfWeight(Conv2d layer, Tensor input, Tensor gradOutput)
    {
        (long down, long across) = (layer.kernel_size[0], layer.kernel_size[1]);
        (long padRows, long padColumns) = (layer.padding![0], layer.padding[1]);
        (long channels, long pixels) = (input.shape[1], gradOutput.numel() / gradOutput.shape[1]);

        // [N, H, W, C], seen as [kernel H, kernel W, N, output H, output W, C].
        Tensor image = nn.functional.pad(input, [padColumns, padColumns, padRows, padRows]).permute(0, 2, 3, 1).contiguous();
        long[] strides = image.stride();
        Tensor taps = image.as_strided(
            [down, across, input.shape[0], gradOutput.shape[2], gradOutput.shape[3], channels],
            [layer.dilation[0] * strides[1], layer.dilation[1] * strides[2], strides[0], strides[1], strides[2], 1]);

        // [taps, C, pixels] times [pixels, K]; with a single channel, one product of two matrices.
        Tensor left = taps.reshape(down * across, pixels, channels).transpose(1, 2);
        Tensor right = gradOutput.permute(0, 2, 3, 1).reshape(pixels, -1);
        Tensor product = (channels == 1 ? left.squeeze(1) : left).matmul(right);
        return product.view(down, across, channels, -1).permute(3, 2, 0, 1);
    }

    // TorchSharp keeps them to itself. A hook may change the output, and then the way back is not the layer's alone.
    private static bool HasHooks(nn.Module layer) =>
        layer.GetType().GetField("post_hooks", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(layer) is not ICollection { Count: 0 };
}
