using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ClassProbabilitiesTests
{
    private static readonly string[] Classes = ["cat", "dog", "bird"];

    // The logarithms of 1, 2 and 5: their softmax is 1/8, 2/8 and 5/8.
    private static readonly float[] Logits = [0, MathF.Log(2), MathF.Log(5)];

    [Fact]
    public void Draws_a_bar_for_each_class_with_the_first_on_top()
    {
        JsonNode chart = JsonNode.Parse(Draw().Specification)!;

        JsonNode bars = chart["data"]!.AsArray().Single()!;
        Assert.Equal("h", (string)bars["orientation"]!);
        Assert.Equal(Classes, bars["y"]!.AsArray().Select(name => (string)name!));
        Assert.Equal([0.125, 0.25, 0.625], bars["x"]!.AsArray().Select(value => Math.Round((double)value!, 6)));
        Assert.Equal(["12.5%", "25.0%", "62.5%"], bars["text"]!.AsArray().Select(text => (string)text!));
        Assert.Equal("reversed", (string)chart["layout"]!["yaxis"]!["autorange"]!);
    }

    [Fact]
    public void The_true_class_stands_out()
    {
        JsonArray colors = JsonNode.Parse(Draw().Specification)!["data"]![0]!["marker"]!["color"]!.AsArray();

        Assert.NotEqual((string)colors[0]!, (string)colors[1]!);
        Assert.Equal((string)colors[0]!, (string)colors[2]!);
    }

    [Fact]
    public void Describes_the_probabilities() => Assert.Equal(
        "Probability of each class for an image of class dog: cat 12.5%, dog 25.0%, bird 62.5%.", Draw().Description);

    [Fact]
    public void As_many_logits_as_classes_are_needed()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => Figures.ClassProbabilities(zeros(2), 0, Classes));
        Assert.Throws<ArgumentException>(() => Figures.ClassProbabilities(zeros(1, 3), 0, Classes));
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void Logits_of_every_floating_point_type_are_drawn(ScalarType type) =>
        Assert.Equal(3, JsonNode.Parse(Draw(type).Specification)!["data"]![0]!["x"]!.AsArray().Count);

    [Theory]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.ComplexFloat32)]
    public void Logits_of_another_type_are_refused(ScalarType type) =>
        Assert.Contains($"[3] {type}", Assert.Throws<ArgumentException>(() => Draw(type)).Message);

    [Fact]
    public void Logits_that_are_not_finite_are_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => Figures.ClassProbabilities(full(3, float.NaN), 0, Classes));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_true_class_without_a_name_is_refused(int trueClass)
    {
        using var scope = NewDisposeScope();

        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => Figures.ClassProbabilities(zeros(3), trueClass, Classes));

        Assert.Equal("trueClass", exception.ParamName);
    }

    private static PlotlyFigure Draw(ScalarType type = ScalarType.Float32)
    {
        using var scope = NewDisposeScope();
        return Figures.ClassProbabilities(tensor(Logits).to(type), trueClass: 1, Classes);
    }
}
