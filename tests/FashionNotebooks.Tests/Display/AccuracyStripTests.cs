using System.Text.Json.Nodes;

namespace FashionNotebooks.Tests;

public class AccuracyStripTests
{
    [Fact]
    public void Equal_accuracies_lie_apart()
    {
        PlotlyFigure figure = Figures.AccuracyStrip([new("One", [.. Enumerable.Repeat(0.5, 30)], null)]);

        JsonNode dots = JsonNode.Parse(figure.Specification)!["data"]![0]!;
        Assert.Distinct(dots["y"]!.AsArray().Select(height => (double)height!));
    }

    [Fact]
    public void Mean_and_standard_deviation_are_those_of_the_sample()
    {
        var sample = new AccuracySample("Plain", [0.90, 0.91, 0.92], 0.9073);

        Assert.Equal(0.91, sample.Mean, 12);
        Assert.Equal(0.01, sample.StandardDeviation, 12);
        Assert.Equal(double.NaN, new AccuracySample("One", [0.5], 0.5).StandardDeviation);
    }

    [Fact]
    public void Nothing_to_draw_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Figures.AccuracyStrip([]));
        Assert.Throws<ArgumentException>(() => Figures.AccuracyStrip([new AccuracySample("None", [], 0.5)]));
    }
}
