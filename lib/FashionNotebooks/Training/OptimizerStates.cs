using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// What an optimizer has gathered so far, such as Adam's two averages and the number of its steps, as named tensors.
/// TorchSharp's <c>save_state_dict</c> refuses tensors in channels-last order, and its <c>load_state_dict</c> makes
/// them in the usual one, in which libtorch computes other last digits. Each of its optimizers keeps the state of a
/// parameter in public fields of an <see cref="OptimizerState"/>: tensors and numbers.
/// </summary>
internal sealed class OptimizerStates(OptimizerHelper optimizer)
{
    private static readonly JsonSerializerOptions Format =
        new() { IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The learning rate, betas and so on of each group of parameters.</summary>
    public string DescribeOptions() =>
        JsonSerializer.Serialize(optimizer.state_dict().Options.Select(options => (object)options), Format);

    /// <summary>The options as they are now, and the state of each parameter in turn.</summary>
    public Dictionary<string, Tensor> Save()
    {
        using var options = new MemoryStream();
        using var writer = new BinaryWriter(options, Encoding.UTF8);
        optimizer.state_dict().Options.ForEach(group => group.SaveStateDict(writer));
        bool[] haveGradient = [.. optimizer.parameters().Select(parameter => parameter.grad is { is_sparse: false })];
        Dictionary<string, Tensor> tensors =
            new() { ["options"] = tensor(options.ToArray()), ["gradients"] = tensor(haveGradient) };
        foreach ((string name, _, OptimizerState state, FieldInfo field) in Fields())
        {
            if (field.GetValue(state) is { } value)
                tensors[name] = value is Tensor values ? values.to_dense() : tensor(Convert.ToDouble(value));
        }

        return tensors;
    }

    /// <summary>Restores what <see cref="Save"/> saved, in the memory order of the parameters.</summary>
    public void Restore(Dictionary<string, Tensor> tensors)
    {
        using var reader = new BinaryReader(new MemoryStream(tensors["options"].bytes.ToArray()));
        optimizer.state_dict().Options.ForEach(group => group.LoadStateDict(reader));

        // zero_grad leaves zeros; without a gradient, a step passes over what a batch does not need.
        bool[] hadGradient = [.. tensors["gradients"].data<bool>()];
        foreach (Parameter parameter in optimizer.parameters().Where((_, index) => hadGradient[index]))
            parameter.grad = zeros_like(parameter);

        foreach ((string name, Parameter parameter, OptimizerState state, FieldInfo field) in Fields())
        {
            if (!tensors.TryGetValue(name, out Tensor? saved))
                continue;

            if (field.FieldType != typeof(Tensor))
                field.SetValue(state, Convert.ChangeType(saved.item<double>(), field.FieldType));
            else if (field.GetValue(state) is Tensor current)
                current.copy_(saved);
            else
                field.SetValue(state, empty_like(parameter).copy_(saved).DetachFromDisposeScope());
        }
    }

    private IEnumerable<(string Name, Parameter Parameter, OptimizerState State, FieldInfo Field)> Fields() =>
        from entry in optimizer.parameters().Zip(optimizer.state_dict().State).Index()
        from field in entry.Item.Second.GetType().GetFields()
        select ($"{entry.Index}.{field.Name}", entry.Item.First, entry.Item.Second, field);
}
