using System.Text.Json.Nodes;

namespace FashionNotebooks.Tests;

public class LossAlongWeightTests
{
    private static readonly double[] Weights = [-1, 0, 1, 2];
    private static readonly double[] Losses = [1, 0, 1, 4];

    [Theory]
    [InlineData(3, 0.25, "slope 3.00", "left", "step -0.75", "right", 0.75, 0.75)]
    [InlineData(-2, 0.125, "slope -2.00", "right", "step 0.25", "left", 1.75, 3.25)]
    [InlineData(0.012, 1, "slope 0.012", "left", "step -0.012", "right", 1.488, 2.464)]
    public void The_step_goes_against_the_slope_and_ends_above_its_dot_on_the_curve(
        double slope, double rate, string slopeText, string slopeSide, string stepText, string stepSide,
        double target, double lossThere)
    {
        JsonNode chart = Draw(slope, rate);

        JsonArray marks = chart["layout"]!["annotations"]!.AsArray();
        Assert.Equal(
            [(slopeText, slopeSide), (stepText, stepSide)],
            marks.Take(2).Select(mark => ((string)mark!["text"]!, (string)mark["xanchor"]!)));
        Assert.Equal((1.5, 2.25), ((double)marks[2]!["ax"]!, (double)marks[2]!["ay"]!));
        Assert.Equal(target, (double)marks[2]!["x"]!, 6);
        Assert.Equal(2.25, (double)marks[2]!["y"]!);
        (double[] x, double[] y) = (Numbers(chart["data"]![1]!["x"]!), Numbers(chart["data"]![1]!["y"]!));
        Assert.Equal(slope, (y[1] - y[0]) / (x[1] - x[0]), 6);
        Assert.Equal(target, Numbers(chart["data"]![3]!["x"]!)[1], 6);
        Assert.Equal(lossThere, Numbers(chart["data"]![3]!["y"]!)[1], 6);
    }

    [Fact]
    public void A_step_beyond_the_weights_ends_at_their_edge_without_a_dot_and_keeps_its_number()
    {
        JsonNode chart = Draw(slope: 3, rate: 2);

        Assert.Equal(3, chart["data"]!.AsArray().Count);
        JsonArray marks = chart["layout"]!["annotations"]!.AsArray();
        Assert.Equal("step -6.00", (string)marks[1]!["text"]!);
        Assert.Equal(-1, (double)marks[2]!["x"]!);
        Assert.EndsWith("the step -6 leads to weight -4.5, beyond what is drawn.", Describe(slope: 3, rate: 2));
    }

    [Fact]
    public void Without_a_slope_there_is_no_arrow_and_a_flat_curve_can_be_drawn()
    {
        PlotlyFigure figure = Figures.LossAlongWeight([0, 1], [2, 2], 0.5, 2, slope: 0, learningRate: 0.1);

        JsonNode chart = JsonNode.Parse(figure.Specification)!;
        Assert.Equal(
            ["slope 0", "step 0"],
            chart["layout"]!["annotations"]!.AsArray().Select(mark => (string)mark!["text"]!));
        Assert.DoesNotContain("NaN", figure.Specification);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_by_name()
    {
        void Refuse(string words, double[] weights, double[] losses, double slope = 1, double rate = 1) => Refused.With(
            words, () => Figures.LossAlongWeight(weights, losses, weight: 0, loss: 1, slope, rate));

        Refuse("losses: 1 for 2 weights, expected one for each, and at least two.", [0, 1], [1]);
        Refuse("losses: 1 for 1 weights", [0], [1]);
        Refuse("weights: not ascending, expected each larger than the one before.", [0, 1, 1], [1, 2, 3]);
        Refuse("losses: not finite, expected finite numbers.", [0, 1], [1, double.NaN]);
        Refuse("slope: not finite", [0, 1], [1, 2], slope: double.PositiveInfinity);
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.LossAlongWeight([0, 1], [1, 2], 0, 1, 1, 0));
    }

    private static PlotlyFigure Figure(double slope, double rate) =>
        Figures.LossAlongWeight(Weights, Losses, weight: 1.5, loss: 2.25, slope, rate);

    private static JsonNode Draw(double slope, double rate) => JsonNode.Parse(Figure(slope, rate).Specification)!;

    private static string Describe(double slope, double rate) => Figure(slope, rate).Description;

    private static double[] Numbers(JsonNode values) => [.. values.AsArray().Select(value => (double)value!)];
}
