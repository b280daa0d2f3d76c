using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ClassProbabilitiesTests
{
    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void Logits_of_every_floating_point_type_are_drawn(ScalarType type)
    {
        using var scope = NewDisposeScope();
        string specification = Draw(zeros(3, type)).Specification;

        Assert.Equal(3, JsonNode.Parse(specification)!["data"]![0]!["x"]!.AsArray().Count);
    }

    [Fact]
    public void Logits_of_another_type_or_shape_and_such_that_are_not_finite_are_refused()
    {
        using var scope = NewDisposeScope();
        Tensor[] logits =
        [
            zeros(3, int64), zeros(3, ScalarType.Bool), zeros(3, complex64), zeros(2), zeros(1, 3),
            full(3, float.NaN), full(3, float.PositiveInfinity),
        ];

        Assert.All(logits, values => Assert.Contains(
            $"logits: {values.Describe()}, expected finite floating point numbers, [3].",
            Assert.Throws<ArgumentException>(() => Draw(values)).Message));
    }

    [Fact]
    public void A_true_class_without_a_name_is_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentOutOfRangeException>("trueClass", () => Draw(zeros(3), trueClass: -1));
        Assert.Throws<ArgumentOutOfRangeException>("trueClass", () => Draw(zeros(3), trueClass: 3));
    }

    private static PlotlyFigure Draw(Tensor logits, int trueClass = 1) =>
        Figures.ClassProbabilities(logits, trueClass, ["cat", "dog", "bird"]);
}
