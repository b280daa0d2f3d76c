using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionNotebooks.Tests;

/// <summary>Networks that do a part of their work outside of layers.</summary>
public class ArchitectureStagesTests : ScratchTests
{
    [Fact]
    public void Flattened_maps_are_as_many_numbers_as_the_linear_layer_takes() => Assert.Equal(
        "Input (1×28×28) → Conv 5×5 (10×24×24) → ReLU (10×12×12) → Conv 5×5 (20×8×8) → Flatten (320) → Linear (10)",
        Draw(new CustomModel(
            (x, its) => its[3].call(Pool(its[2].call(its[1].call(Pool(its[0].call(x))))).flatten(1)),
            Conv2d(1, 10, 5), ReLU(), Conv2d(10, 20, 5), Linear(320, 10))));

    [Fact]
    public void A_linear_layer_for_each_row_flattens_nothing() =>
        Assert.Equal("Input (1×28×28) → Linear (1×28×3)", Draw(Linear(28, 3)));

    [Fact]
    public void Gradients_of_biases_are_shown_only_where_there_are_biases()
    {
        string Words(bool bias) => Figures.ForwardAndBackward(Sequential(
            Conv2d(1, 2, 3, bias: false), Flatten(), Linear(1352, 3, hasBias: bias))).Description;

        Assert.EndsWith("for the weights and biases of Conv 3×3 (2×1×3×3), Linear (3×1352 and 3).", Words(bias: true));
        Assert.EndsWith("for the weights of Conv 3×3 (2×1×3×3), Linear (3×1352).", Words(bias: false));
    }

    [Fact]
    public void Layers_that_are_not_called_cannot_be_drawn() => AssertRefused("Conv2d 0 cannot be drawn: ",
        new CustomModel((x, its) => its[1].call(its[0].forward(x).flatten(1)), Conv2d(1, 4, 3), Linear(2704, 10)));

    [Fact]
    public void A_recurrent_layer_cannot_be_drawn() => AssertRefused("GRU 0 cannot be drawn: ", new CustomModel(
        (x, its) => its[1].call(((GRU)its[0]).call(x.squeeze(1)).Item1.flatten(1)),
        GRU(28, 8, batchFirst: true), Linear(224, 10)));

    private static Tensor Pool(Tensor maps) => functional.max_pool2d(maps, 2);

    private static string Draw(Module<Tensor, Tensor> model) => string.Join(
        " → ", ArchitectureStages.Of(model).Select(stage => $"{stage.Operation} ({string.Join('×', stage.Shape)})"));

    private static void AssertRefused(string message, Module<Tensor, Tensor> model) =>
        Refused.With(message, () => Figures.Architecture(model));
}
