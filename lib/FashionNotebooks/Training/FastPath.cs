using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
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

    private readonly FlatAdam? flatAdam;
    private Tensor[] convolutionWeights = [];
    private Action[] giveBack = [];

    public FastPath(nn.Module model, optim.Optimizer optimizer, Device device)
        : this(model, optimizer, device, DilatedGradient.IsFaster)
    {
    }

    /// <param name="model">The model to be trained.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="device">Where both are.</param>
    /// <param name="ownDilatedGradient">Whether <see cref="DilatedGradient"/> is to be used.</param>
    public FastPath(nn.Module model, optim.Optimizer optimizer, Device device, bool ownDilatedGradient)
    {
        Optimizer = optimizer;
        if (device.type != DeviceType.CPU)
            return;

        KeepFreedMemory();
        convolutionWeights = [.. model.parameters().Where(parameter => parameter.dim() == 4)];
        foreach (Tensor weight in convolutionWeights)
            Store(weight, ChannelsLast);

        if (ownDilatedGradient)
            giveBack = [.. model.modules().Select(DilatedGradient.TakeOver).OfType<Action>()];

        if (optimizer is Adam adam && adam.GetType() == typeof(Adam))
            Optimizer = flatAdam = new FlatAdam(adam);
    }

    /// <summary>Does what the given optimizer does, faster if it can be.</summary>
    public optim.Optimizer Optimizer { get; }

    /// <summary>
    /// Puts the weights and the optimizer's state back into the usual order, the only one in which TorchSharp can save
    /// them.
    /// </summary>
    public void Dispose()
    {
        flatAdam?.Dispose();
        foreach (Tensor weight in convolutionWeights)
            Store(weight, InUsualOrder);

        Array.ForEach(giveBack, action => action());
        (convolutionWeights, giveBack) = ([], []);
    }

    /// <summary>
    /// A copy in memory of its own. Not contiguous(): it leaves a tensor with a single channel the strides that make
    /// libtorch compute in the other order.
    /// </summary>
    public static Tensor InUsualOrder(Tensor values) => empty(values.shape, values.dtype).copy_(values);

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
