using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// The way back through a convolution that is dilated or has a single channel. For the gradient of such weights oneDNN,
/// which libtorch computes convolutions with, has no fast kernel on processors without AVX-512 (see ONEDNN_VERBOSE=1:
/// x64:gemm:jit). As a matrix product it takes less than half the time.
/// </summary>
internal static class ConvolutionGradient
{
    // The product needs the input once for each tap of the kernel; beyond some 60 MB libtorch's way is the better one.
    private const long MaxTaps = 1 << 24;

    /// <summary>Takes over the way back of a layer; the way forward stays.</summary>
    /// <param name="module">Any layer.</param>
    /// <param name="fail">Called where the way back ends with an error: an exception would end the process.</param>
    /// <returns>What gives it back; null if the layer is another, or has hooks or settings beyond padding.</returns>
    public static Action? TakeOver(nn.Module module, Action<Exception> fail)
    {
        if (module is not Conv2d layer || (layer.dilation.Max() == 1 && layer.in_channels > 1) || layer.stride.Max() > 1 || layer.groups > 1
            || layer.bias is null || layer.padding is null || layer.padding_mode != PaddingModes.Zeros)
        {
            return null;
        }

        return LayerGradient.Replace(
            layer,
            [layer.weight, layer.bias],
            input => input.numel() * layer.kernel_size[0] * layer.kernel_size[1] <= MaxTaps,
            (inputs, gradOutput) => Compute(layer, inputs[0], inputs[1], gradOutput),
            fail);
    }

    private static Tensor?[] Compute(Conv2d layer, Tensor input, Tensor weight, Tensor gradOutput)
    {
        Tensor gradient = gradOutput.permute(0, 2, 3, 1).contiguous(); // [N, H, W, K]
        Tensor? ofInput = input.requires_grad
            ? nn.functional.conv_transpose2d(gradient.permute(0, 3, 1, 2), weight, null, layer.stride, layer.padding!, [0, 0], layer.dilation)
            : null;
        Tensor taps = Taps(layer, input, gradient.shape);
        (Tensor ofWeight, Tensor ofBias) = input.shape[1] == 1 ? OfOneChannel(taps, gradient) : OfChannels(taps, gradient);
        return [ofInput, ofWeight.view(taps.shape[0], taps.shape[1], input.shape[1], -1).permute(3, 2, 0, 1), ofBias];
    }

    /// <summary>
    /// Each weight is multiplied with one pixel of the input for each pixel of the output; its gradient is the sum of
    /// these pixels, each times the gradient at the output.
    /// </summary>
    /// <returns>These pixels, <c>[kernel H, kernel W, N, H, W, C]</c>, as a view.</returns>
    private static Tensor Taps(Conv2d layer, Tensor input, long[] gradientShape)
    {
        (long rows, long columns) = (layer.padding![0], layer.padding[1]);
        Tensor padded = rows + columns == 0 ? input : nn.functional.pad(input, [columns, columns, rows, rows]);
        Tensor image = padded.permute(0, 2, 3, 1).contiguous();
        long[] strides = image.stride();
        return image.as_strided(
            [layer.kernel_size[0], layer.kernel_size[1], input.shape[0], gradientShape[1], gradientShape[2], input.shape[1]],
            [layer.dilation[0] * strides[1], layer.dilation[1] * strides[2], strides[0], strides[1], strides[2], 1],
            image.storage_offset());
    }

    // [taps, C, pixels] times [pixels, K].
    private static (Tensor OfWeight, Tensor OfBias) OfChannels(Tensor taps, Tensor gradient)
    {
        Tensor perPixel = gradient.flatten(0, 2);
        Tensor left = taps.reshape(taps.shape[0] * taps.shape[1], -1, taps.shape[5]).transpose(1, 2);
        return (left.matmul(perPixel), perPixel.sum([0L]));
    }

    // For each image [taps + 1, pixels] times [pixels, K]: the last row is all ones, and its product the bias's part.
    private static (Tensor OfWeight, Tensor OfBias) OfOneChannel(Tensor taps, Tensor gradient)
    {
        (long down, long across, long images, long height, long width) = (taps.shape[0], taps.shape[1], taps.shape[2], taps.shape[3], taps.shape[4]);
        long count = down * across;
        Tensor left = empty([images, count + 1, height * width], gradient.dtype);
        left.narrow(1, 0, count).view(images, down, across, height, width).copy_(taps.squeeze(5).permute(2, 0, 1, 3, 4));
        left.narrow(1, count, 1).fill_(1);
        Tensor product = left.bmm(gradient.flatten(1, 2)).sum([0L]);
        return (product.narrow(0, 0, count), product[count]);
    }
}
