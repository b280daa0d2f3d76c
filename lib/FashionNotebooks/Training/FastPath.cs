using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// Makes training faster on a CPU, from its creation until it is disposed, and changes nothing but the last digits of
/// the results. On other devices it does nothing. The setting for freed memory stays, for the whole process.
/// </summary>
internal sealed class FastPath : IDisposable
{
    // From glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int LargestMmapThreshold = 32 * 1024 * 1024;

    private readonly Tensor[] convolutionWeights = [];

    public FastPath(nn.Module model, Device device)
    {
        if (device.type != DeviceType.CPU)
            return;

        KeepFreedMemory();
        convolutionWeights = [.. model.parameters().Where(parameter => parameter.dim() == 4)];
        foreach (Tensor weight in convolutionWeights)
            Store(weight, ChannelsLast);
    }

    /// <summary>Puts the weights back into the usual order, the only one in which TorchSharp can save them.</summary>
    public void Dispose()
    {
        foreach (Tensor weight in convolutionWeights)
            Store(weight, values => values.contiguous());
    }

    /// <summary>
    /// Each step frees as many megabytes as the next one needs. glibc may return them to the system in between, and
    /// then the processor spends its time on page faults: it is told to keep them.
    /// </summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/mallopt.3.html"/>
    private static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;

        try
        {
            _ = SetMallocOption(MmapThreshold, LargestMmapThreshold);
            _ = SetMallocOption(TrimThreshold, int.MaxValue);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc: nothing to tune.
        }
    }

    /// <summary>
    /// The weights of a convolution, <c>[K, C, H, W]</c>, with the channels of a pixel side by side in memory. Shape
    /// and values stay. libtorch then computes the layer and those after it in that order, which its kernels want and
    /// would otherwise make at each step.
    /// </summary>
    /// <seealso href="https://docs.pytorch.org/tutorials/intermediate/memory_format_tutorial.html"/>
    private static Tensor ChannelsLast(Tensor weight)
    {
        (long channels, long height, long width) = (weight.shape[1], weight.shape[2], weight.shape[3]);
        long[] strides = [height * width * channels, 1, width * channels, channels];

        // as_strided: with a single channel, permuting back would leave strides that libtorch takes for the usual order.
        return weight.permute(0, 2, 3, 1).contiguous().as_strided(weight.shape, strides);
    }

    private static void Store(Tensor weight, Func<Tensor, Tensor> order)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        weight.set_(order(weight.detach()));
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetMallocOption(int option, int value);
}
