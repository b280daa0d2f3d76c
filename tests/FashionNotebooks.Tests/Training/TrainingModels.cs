using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>A model with a forward of its own.</summary>
internal sealed class CustomModel : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, CustomModel, Tensor> function;
    private readonly nn.Module[] parts;

    public CustomModel(Func<Tensor, CustomModel, Tensor> function, params nn.Module[] parts)
        : base(nameof(CustomModel))
    {
        this.function = function;
        this.parts = parts;
        for (int i = 0; i < parts.Length; i++)
            register_module($"{i}", parts[i]);
    }

    public dynamic this[int part] => parts[part];

    public override Tensor forward(Tensor x) => function(x, this);
}

/// <summary>Two parameters over one storage: a step of one is a step of the other.</summary>
internal sealed class TiedModel : nn.Module<Tensor, Tensor>
{
    private readonly Parameter into;
    private readonly Parameter outOf;
    private readonly Linear head = nn.Linear(64, 10);

    public TiedModel()
        : base(nameof(TiedModel))
    {
        into = new Parameter(rand(4, 1, 3, 3) - 0.5);
        outOf = new Parameter(into.detach());
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        Tensor maps = nn.functional.conv2d(x, into, padding: [1, 1]).relu();
        return head.forward(nn.functional.conv_transpose2d(maps, outOf, padding: [1, 1]).flatten(1));
    }
}

/// <summary>A view of a weight, taken once, that has to follow its training.</summary>
internal sealed class DetachedModel : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv = nn.Conv2d(1, 4, kernel_size: 3, padding: 1L);
    private readonly Linear head = nn.Linear(4 * 8 * 8, 10);
    private readonly Tensor weight;

    public DetachedModel()
        : base(nameof(DetachedModel))
    {
        RegisterComponents();
        weight = conv.weight.detach();
    }

    public override Tensor forward(Tensor x) =>
        head.forward((conv.forward(x) * (1 + weight.abs().mean())).flatten(1));
}
