using System.Text.Json.Nodes;

namespace FashionNotebooks.Tests;

public class AccuracyStripTests
{
    private static readonly AccuracySample[] Samples =
    [
        new("Plain", [0.90, 0.91, 0.92], 0.9073),
        new("Dilated", [0.88, 0.89, 0.90], 0.8841),
    ];

    [Fact]
    public void Every_accuracy_is_a_dot_in_the_strip_of_its_network()
    {
        JsonNode dots = Draw()["data"]![0]!;

        Assert.Equal([0.90, 0.91, 0.92, 0.88, 0.89, 0.90], Numbers(dots["x"]!));
        Assert.Equal([0, 0, 0, 1, 1, 1], Numbers(dots["y"]!).Select(y => Math.Round(y)));
        Assert.Distinct(Numbers(dots["y"]!).Take(3));
    }

    [Fact]
    public void Means_and_the_tutorials_accuracies_are_marked()
    {
        JsonNode chart = Draw();

        JsonArray traces = chart["data"]!.AsArray();
        JsonArray labels = chart["layout"]!["annotations"]!.AsArray();
        Assert.Equal(["One seed", "Mean", "Tutorial"], traces.Select(trace => (string)trace!["name"]!));
        Assert.Equal([0.91, 0.89], Numbers(traces[1]!["x"]!).Select(value => Math.Round(value, 9)));
        Assert.Equal([0.9073, 0.8841], Numbers(traces[2]!["x"]!));
        Assert.Equal(["90.73%", "88.41%"], labels.Select(label => (string)label!["text"]!));
    }

    [Fact]
    public void A_network_that_the_tutorial_does_not_have_has_no_mark_of_it()
    {
        PlotlyFigure figure = Figures.AccuracyStrip([new("Third", [0.5, 0.7], null), .. Samples]);

        JsonNode tutorial = JsonNode.Parse(figure.Specification)!["data"]![2]!;
        Assert.Equal([0.9073, 0.8841], Numbers(tutorial["x"]!));
        Assert.Equal([1, 2], Numbers(tutorial["y"]!));
        Assert.StartsWith("Test accuracy. Third: 2 seeds, mean 60.00%, from 50.00% to 70.00%; P", figure.Description);
    }

    [Fact]
    public void Accuracies_that_the_tutorial_knows_nothing_of_have_a_title_and_no_mark_of_it()
    {
        PlotlyFigure figure = Figures.AccuracyStrip([new("One", [0.5], null)], "Validation accuracy");

        JsonNode chart = JsonNode.Parse(figure.Specification)!;
        Assert.StartsWith("Validation accuracy. One: 1 seed, mean 50.00%, ", figure.Description);
        Assert.Equal("Validation accuracy", (string)chart["layout"]!["xaxis"]!["title"]!["text"]!);
        Assert.Equal(["One seed", "Mean"], chart["data"]!.AsArray().Select(trace => (string)trace!["name"]!));
    }

    [Fact]
    public void The_first_network_is_on_top()
    {
        JsonNode axis = Draw()["layout"]!["yaxis"]!;

        Assert.Equal(["Plain", "Dilated"], axis["ticktext"]!.AsArray().Select(name => (string)name!));
        Assert.Equal([1.5, -0.5], Numbers(axis["range"]!));
    }

    [Fact]
    public void Describes_mean_and_range() => Assert.Equal(
        "Test accuracy. Plain: 3 seeds, mean 91.00%, from 90.00% to 92.00%, tutorial 90.73%; "
        + "Dilated: 3 seeds, mean 89.00%, from 88.00% to 90.00%, tutorial 88.41%.",
        Figures.AccuracyStrip(Samples).Description);

    [Fact]
    public void Mean_and_standard_deviation_are_those_of_the_sample()
    {
        Assert.Equal(0.91, Samples[0].Mean, 12);
        Assert.Equal(0.01, Samples[0].StandardDeviation, 12);
        Assert.Equal(double.NaN, new AccuracySample("One", [0.5], 0.5).StandardDeviation);
    }

    [Fact]
    public void Nothing_to_draw_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Figures.AccuracyStrip([]));
        Assert.Throws<ArgumentException>(() => Figures.AccuracyStrip([new AccuracySample("None", [], 0.5)]));
    }

    private static JsonNode Draw() => JsonNode.Parse(Figures.AccuracyStrip(Samples).Specification)!;

    private static IEnumerable<double> Numbers(JsonNode array) => array.AsArray().Select(value => (double)value!);
}
