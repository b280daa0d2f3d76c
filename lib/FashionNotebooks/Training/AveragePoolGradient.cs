using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// The way back through average pooling. Each pixel of a window gets an equal share of the gradient at its output: that
/// is an enlarged image. Where the gradient comes in another order of memory than that of <see cref="FastPath"/>, as from
/// behind a flatten, it takes half to a third of libtorch's time, for the same numbers to the last digit.
/// </summary>
internal static class AveragePoolGradient
{
    // Above it the nearest pixel of an enlarged image can be that beside it, by a rounding error.
    private const long LargestWindow = 40;

    /// <summary>Takes over the way back of a layer; the way forward stays.</summary>
    /// <param name="module">Any layer.</param>
    /// <param name="fail">Called where the way back ends with an error: an exception would end the process.</param>
    /// <returns>What gives it back; null if the layer does not average windows side by side, or has hooks.</returns>
    public static Action? TakeOver(nn.Module module, Action<Exception> fail)
    {
        if (module is not AvgPool2d { ceil_mode: false, divisor_override: null } layer
            || layer.padding?.Max() > 0 || layer.kernel_size.Max() > LargestWindow
            || DownAndAcross(layer.stride ?? layer.kernel_size) != DownAndAcross(layer.kernel_size))
        {
            return null;
        }

        Action? giveBack = null;
        return giveBack = LayerGradient.Replace(layer, [], IsChannelsLast, (inputs, gradOutput) =>
        {
            if (IsChannelsLast(gradOutput))
                giveBack!(); // as from behind a convolution: there libtorch is as fast

            return [OfInput(DownAndAcross(layer.kernel_size), inputs[0].shape, gradOutput)];
        }, fail);
    }

    private static Tensor OfInput((long Down, long Across) window, long[] size, Tensor gradOutput)
    {
        (long height, long width) = (gradOutput.shape[2] * window.Down, gradOutput.shape[3] * window.Across);
        Tensor shares = gradOutput.permute(0, 2, 3, 1).contiguous().div(window.Down * window.Across).permute(0, 3, 1, 2);
        Tensor enlarged = nn.functional.interpolate(shares, [height, width], mode: InterpolationMode.Nearest);
        return height == size[2] && width == size[3]
            ? enlarged
            : nn.functional.pad(enlarged, [0, size[3] - width, 0, size[2] - height]); // no window reaches there
    }

    private static bool IsChannelsLast(Tensor images) => images.permute(0, 2, 3, 1).is_contiguous();

    // One number stands for both.
    private static (long Down, long Across) DownAndAcross(long[] sides) => (sides[0], sides[^1]);
}
