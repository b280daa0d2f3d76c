using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// Adam for all parameters at once. TorchSharp's makes ten small calls for each parameter and step; here parameters,
/// gradients and Adam's two averages lie one after the other in one tensor each, and it makes eight calls in all, with
/// the same results to the last digit. Or, in one pass, it goes through memory once instead of eight times; there last
/// digits differ, since libtorch rounds otherwise.
/// </summary>
/// <seealso href="https://arxiv.org/abs/1412.6980"/>
internal sealed class FlatAdam : optim.Optimizer
{
    // The bytes of a tensor are counted in int.
    private const int MaxInOnePass = int.MaxValue / sizeof(float);

    private readonly Adam adam;
    private readonly bool inOnePass;
    private readonly MovedTensors moved = new();
    private Adam.State[] states = [];
    private Flat? flat;
    private bool isDecided;

    /// <param name="adam">
    /// The optimizer to speed up. Its state and its parameters stay its own, and after each step are what it would have
    /// made of them itself, in one pass but for the last digits.
    /// </param>
    /// <param name="inOnePass">Whether to do it in one pass, on one thread.</param>
    public FlatAdam(Adam adam, bool inOnePass)
        : base(IntPtr.Zero)
    {
        this.adam = adam;
        this.inOnePass = inOnePass;
    }

    /// <inheritdoc/>
    public override IEnumerable<optim.ILearningRateController> ParamGroups => adam.ParamGroups;

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => adam.parameters();

    /// <inheritdoc/>
    public override void zero_grad()
    {
        if (flat is null)
            adam.zero_grad();
        else
            flat.Gradients.zero_();
    }

    /// <inheritdoc/>
    public override Tensor step(Func<Tensor>? closure = null)
    {
        if (flat is not null && closure is null)
        {
            Step(flat);
            return null!;
        }

        Tensor loss = adam.step(closure);

        // Only now is it known which parameters have gradients: Adam passes over those that have none.
        if (!isDecided)
            Flatten();

        return loss;
    }

    /// <summary>Gives the parameters and their averages their own memory back.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            moved.Dispose();
            flat?.Dispose();
            flat = null;
        }

        base.Dispose(disposing);
    }

    private void Step(Flat flat)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (Adam.State state in states)
            state.step++;

        Adam.Options options = flat.Options;
        (double beta1, double beta2, double eps) = (options.beta1!.Value, options.beta2!.Value, options.eps!.Value);
        double rate = options.LearningRate!.Value / (1 - Math.Pow(beta1, states[0].step));
        double correction = Math.Sqrt(1 - Math.Pow(beta2, states[0].step));
        if (inOnePass && flat.Values.numel() <= MaxInOnePass)
        {
            StepInOnePass(flat, (float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2), (float)rate, (float)correction, (float)eps);
            return;
        }

        flat.Average.mul_(beta1).add_(flat.Gradients, alpha: 1 - beta1);
        flat.SquareAverage.mul_(beta2).addcmul_(flat.Gradients, flat.Gradients, value: 1 - beta2);
        Tensor denominator = flat.SquareAverage.sqrt().div_(correction).add_(eps);
        flat.Values.addcdiv_(flat.Average, denominator, value: -rate);
    }

    private static void StepInOnePass(Flat flat, float beta1, float rest1, float beta2, float rest2, float rate, float correction, float eps)
    {
        Span<Vector<float>> values = Vectors(flat.Values), gradients = Vectors(flat.Gradients);
        Span<Vector<float>> averages = Vectors(flat.Average), squares = Vectors(flat.SquareAverage);
        for (int i = 0; i < values.Length; i++)
        {
            Vector<float> gradient = gradients[i];
            Vector<float> average = averages[i] = (beta1 * averages[i]) + (rest1 * gradient);
            Vector<float> square = squares[i] = (beta2 * squares[i]) + (rest2 * gradient * gradient);
            values[i] -= rate * average / ((Vector.SquareRoot(square) / correction) + Vector.Create(eps));
        }
    }

    private static Span<Vector<float>> Vectors(Tensor tensor) => MemoryMarshal.Cast<byte, Vector<float>>(tensor.bytes);

    private void Flatten()
    {
        isDecided = true;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Parameter[] parts = [.. adam.parameters()];
        states = [.. adam.state_dict().State.Cast<Adam.State>()];
        if (adam.ParamGroups.ToArray() is not [Adam.ParamGroup { Options: Adam.Options { amsgrad: not true, maximize: not true, weight_decay: 0 } options }]
            || parts.Any(part => part.grad is null || part.dtype != float32 || !IsDense(part))
            || parts.DistinctBy(part => part.Handle).Count() < parts.Length
            || states.DistinctBy(state => state.step).Count() > 1)
        {
            return;
        }

        flat = new Flat(options, WholeVectors(parts.Sum(part => part.numel())));
        long offset = 0;
        foreach ((Parameter part, Adam.State state) in parts.Zip(states))
        {
            Tensor PlaceIn(Tensor whole) => whole.as_strided(part.shape, part.stride(), offset);

            part.grad = PlaceIn(flat.Gradients).copy_(part.grad!);
            moved.Move(state.exp_avg, PlaceIn(flat.Average));
            moved.Move(state.exp_avg_sq, PlaceIn(flat.SquareAverage));
            moved.Move(part, PlaceIn(flat.Values));
            offset += part.numel();
        }
    }

    private static long WholeVectors(long count) => (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    // In the usual order, or in that of FastPath.
    private static bool IsDense(Tensor tensor) =>
        tensor.is_contiguous() || (tensor.dim() == 4 && tensor.permute(0, 2, 3, 1).is_contiguous());

    /// <summary>What belongs to all parameters, end to end, and zeros up to a whole number of vectors.</summary>
    private sealed class Flat(Adam.Options options, long size) : IDisposable
    {
        public Adam.Options Options { get; } = options;

        public Tensor Values { get; } = zeros(size, float32).DetachFromDisposeScope();

        public Tensor Gradients { get; } = zeros(size, float32).DetachFromDisposeScope();

        public Tensor Average { get; } = zeros(size, float32).DetachFromDisposeScope();

        public Tensor SquareAverage { get; } = zeros(size, float32).DetachFromDisposeScope();

        public void Dispose()
        {
            Values.Dispose();
            Gradients.Dispose();
            Average.Dispose();
            SquareAverage.Dispose();
        }
    }
}
