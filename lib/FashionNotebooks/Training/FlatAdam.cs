using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// Adam for all parameters at once. TorchSharp's makes ten small calls for each parameter and step; here parameters,
/// gradients and Adam's two averages lie one after the other in one tensor each, and it makes ten calls in all. Each
/// number is computed as TorchSharp computes it, so that all results are the same to the last digit.
/// </summary>
/// <seealso href="https://arxiv.org/abs/1412.6980"/>
internal sealed class FlatAdam : optim.Optimizer
{
    private readonly Adam adam;
    private readonly MovedTensors moved = new();
    private Adam.State[] states = [];
    private Flat? flat;
    private bool isDecided;

    /// <param name="adam">
    /// The optimizer to speed up. Its state and its parameters stay its own, and after each step are what it would have
    /// made of them itself.
    /// </param>
    public FlatAdam(Adam adam)
        : base(IntPtr.Zero)
    {
        this.adam = adam;
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
        (double beta1, double beta2) = (options.beta1!.Value, options.beta2!.Value);
        double correction1 = 1 - Math.Pow(beta1, states[0].step);
        double correction2 = 1 - Math.Pow(beta2, states[0].step);
        flat.Average.mul_(beta1).add_(flat.Gradients, alpha: 1 - beta1);
        flat.SquareAverage.mul_(beta2).addcmul_(flat.Gradients, flat.Gradients, value: 1 - beta2);
        Tensor denominator = flat.SquareAverage.sqrt().div_(Math.Sqrt(correction2)).add_(options.eps!.Value);
        flat.Values.addcdiv_(flat.Average, denominator, value: -options.LearningRate!.Value / correction1);
    }

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

        flat = new Flat(options, parts.Sum(part => part.numel()));
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

    // In the usual order, or in that of FastPath.
    private static bool IsDense(Tensor tensor) =>
        tensor.is_contiguous() || (tensor.dim() == 4 && tensor.permute(0, 2, 3, 1).is_contiguous());

    /// <summary>What belongs to all parameters, end to end.</summary>
    private sealed class Flat(Adam.Options options, long count) : IDisposable
    {
        public Adam.Options Options { get; } = options;

        public Tensor Values { get; } = empty(count, float32).DetachFromDisposeScope();

        public Tensor Gradients { get; } = empty(count, float32).DetachFromDisposeScope();

        public Tensor Average { get; } = empty(count, float32).DetachFromDisposeScope();

        public Tensor SquareAverage { get; } = empty(count, float32).DetachFromDisposeScope();

        public void Dispose()
        {
            Values.Dispose();
            Gradients.Dispose();
            Average.Dispose();
            SquareAverage.Dispose();
        }
    }
}
