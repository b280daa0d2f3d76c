using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
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

    private readonly nn.Module<Tensor, Tensor> model;
    private readonly optim.Optimizer given;
    private readonly FlatAdam? flatAdam;
    private readonly MovedTensors convolutionWeights = new();
    private readonly List<Action> giveBack = [];
    private bool isOn;
    private Exception? failure;

    public FastPath(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, BatchLoader trainLoader, Device device)
        : this(model, optimizer, trainLoader, device, OwnKernelsAreFaster)
    {
    }

    /// <param name="model">The model to be trained.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="trainLoader">What it is trained on.</param>
    /// <param name="device">Where it is trained.</param>
    /// <param name="ownKernels">Whether <see cref="ConvolutionGradient"/> and Adam in one pass are to be used.</param>
    public FastPath(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, BatchLoader trainLoader, Device device, bool ownKernels)
    {
        this.model = model;
        given = Optimizer = optimizer;
        isOn = device.type == DeviceType.CPU;
        if (!isOn)
            return;

        KeepFreedMemory();
        try
        {
            ReorderWeights();
            if (CanForward(trainLoader))
                TakeOverLayers(ownKernels);
            else
                PutBack();

            if (optimizer is Adam adam && adam.GetType() == typeof(Adam))
                Optimizer = flatAdam = new FlatAdam(adam, inOnePass: ownKernels);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    // Measured with AVX2, where libtorch is slower than with AVX-512; with others they were not compared.
    private static bool OwnKernelsAreFaster => Avx2.IsSupported && !Avx512F.IsSupported;

    /// <summary>Does what the given optimizer does, faster if it can be.</summary>
    public optim.Optimizer Optimizer { get; }

    /// <summary>Computes the gradients of all parameters.</summary>
    /// <exception cref="InvalidOperationException">That was not possible, and why.</exception>
    public void Backward(Tensor loss)
    {
        loss.backward();
        if (failure is not null)
            throw failure;
    }

    /// <summary>
    /// Puts weights, gradients and the optimizer's state back into the usual order, the only one in which TorchSharp
    /// can save them.
    /// </summary>
    public void Dispose()
    {
        if (!isOn)
            return;

        isOn = false;
        giveBack.ForEach(action => action());
        flatAdam?.Dispose();
        PutBack();
    }

    private void ReorderWeights()
    {
        using var scope = NewDisposeScope();
        foreach (Tensor weight in model.modules().OfType<Conv2d>().Select(layer => layer.weight).DistinctBy(weight => weight.Handle))
        {
            convolutionWeights.Move(weight, InChannelsLast(weight));
            if (weight.grad is { } gradient)
                weight.grad = InChannelsLast(weight).copy_(gradient);
        }
    }

    // Images take the order of the weights, and then view refuses what reshape and flatten take.
    private bool CanForward(BatchLoader trainLoader)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        bool training = model.training;
        try
        {
            model.eval();
            model.forward(trainLoader[0].Images);
            return true;
        }
        catch (ExternalException)
        {
            return false;
        }
        finally
        {
            model.train(training);
        }
    }

    private void TakeOverLayers(bool ownKernels)
    {
        foreach (ReLU relu in FindReluOfItsOwn())
        {
            relu.inplace = true;
            giveBack.Add(() => relu.inplace = false);
        }

        foreach (nn.Module module in model.modules())
        {
            Action? restore = AveragePoolGradient.TakeOver(module, Fail) ?? (ownKernels ? ConvolutionGradient.TakeOver(module, Fail) : null);
            if (restore is not null)
                giveBack.Add(restore);
        }
    }

    // Each is the only one to get what a convolution or a linear layer returns, and these need it no more for the way back.
    private ReLU[] FindReluOfItsOwn()
    {
        nn.Module[] all = [.. model.modules().Prepend(model).Distinct()];
        ILookup<nn.Module, nn.Module> uses = all.SelectMany(module => module.children()).ToLookup(child => child);
        return
        [
            .. all.OfType<Sequential>().SelectMany(stage => stage.children().Zip(stage.children().Skip(1)))
                .Where(pair => pair.First is Conv2d or Linear && !LayerGradient.HasHooks(pair.First))
                .Select(pair => pair.Second).OfType<ReLU>()
                .Where(relu => !relu.inplace && !LayerGradient.HasHooks(relu) && uses[relu].Count() == 1),
        ];
    }

    // Only the first: after it, gradients are missing.
    private void Fail(Exception error) => failure ??= error;

    private void PutBack()
    {
        convolutionWeights.Dispose();
        ReorderWhatFollowsTheWeights();
    }

    // Gradients take the order of their weights, and so does what an optimizer makes of them.
    private void ReorderWhatFollowsTheWeights()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (Parameter parameter in model.parameters())
        {
            if (parameter.grad is { } gradient)
                parameter.grad = InUsualOrder(gradient);
        }

        IEnumerable<OptimizerState> states = given is OptimizerHelper helper ? helper.state_dict().State : [];
        foreach (OptimizerState state in states)
        {
            IEnumerable<Tensor> tensors = state.GetType()
                .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(field => field.GetValue(state))
                .OfType<Tensor>()
                .Where(values => values is not Parameter && !values.IsInvalid && !values.is_contiguous());
            foreach (Tensor values in tensors)
                values.set_(InUsualOrder(values));
        }
    }

    // Not contiguous(): it leaves a tensor with a single channel the strides that make libtorch compute in the other order.
    private static Tensor InUsualOrder(Tensor values) => empty(values.shape, values.dtype).copy_(values);

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
    /// Memory for the weights of a convolution, <c>[K, C, H, W]</c>, with the channels of a pixel side by side. libtorch
    /// then computes the layer and those after it in that order, which its kernels want and would otherwise make at
    /// each step.
    /// </summary>
    /// <seealso href="https://docs.pytorch.org/tutorials/intermediate/memory_format_tutorial.html"/>
    private static Tensor InChannelsLast(Tensor weight)
    {
        (long channels, long height, long width) = (weight.shape[1], weight.shape[2], weight.shape[3]);
        long[] strides = [height * width * channels, 1, width * channels, channels];

        // Explicit strides: with a single channel, permuting back would leave those of the usual order.
        return empty(weight.numel(), weight.dtype).as_strided(weight.shape, strides);
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetMallocOption(int option, int value);
}
