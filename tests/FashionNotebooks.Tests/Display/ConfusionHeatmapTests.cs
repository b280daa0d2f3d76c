using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ConfusionHeatmapTests
{
    private static readonly string[] Classes = ["cat", "dog", "bird"];

    private readonly PlotlyFigure figure = Draw();

    private JsonNode Trace => JsonNode.Parse(figure.Specification)!["data"]![0]!;

    private JsonNode Numbers => JsonNode.Parse(figure.Specification)!["data"]![1]!;

    private JsonNode Layout => JsonNode.Parse(figure.Specification)!["layout"]!;

    [Fact]
    public void Rows_are_true_classes_and_columns_predicted_ones()
    {
        Assert.Equal("heatmap", (string)Trace["type"]!);
        Assert.Equal("[[1,2,0],[0,1,0],[0,1,3]]", Trace["z"]!.ToJsonString());
        Assert.Equal(Classes, Trace["x"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(Classes, Trace["y"]!.AsArray().Select(name => (string)name!));
        Assert.Equal("Predicted label", (string)Layout["xaxis"]!["title"]!["text"]!);
        Assert.Equal("True label", (string)Layout["yaxis"]!["title"]!["text"]!);
    }

    [Fact]
    public void The_first_class_is_at_the_top_and_the_names_below_are_turned()
    {
        Assert.Equal("reversed", (string)Layout["yaxis"]!["autorange"]!);
        Assert.Equal(45, Math.Abs((int)Layout["xaxis"]!["tickangle"]!));
    }

    [Fact]
    public void Each_cell_shows_its_count_in_black_or_on_dark_in_white()
    {
        Assert.Equal("text", (string)Numbers["mode"]!);
        Assert.Equal(
            ["cat as cat: 1 #000000", "cat as dog: 2 #ffffff", "cat as bird: 0 #000000", "dog as cat: 0 #000000",
            "dog as dog: 1 #000000", "dog as bird: 0 #000000", "bird as cat: 0 #000000", "bird as dog: 1 #000000",
            "bird as bird: 3 #ffffff"],
            Enumerable.Range(0, 9).Select(cell =>
                $"{Numbers["y"]![cell]} as {Numbers["x"]![cell]}: {Numbers["text"]![cell]} "
                + $"{Numbers["textfont"]!["color"]![cell]}"));
    }

    [Fact]
    public void More_is_darker_in_the_colours_of_the_tutorial()
    {
        Assert.Equal("YlGnBu", (string)Trace["colorscale"]!);
        Assert.True((bool)Trace["reversescale"]!);
    }

    [Fact]
    public void Describes_the_hits_and_the_most_confused() => Assert.Equal(
        "Confusion matrix. Predicted right: cat 1, dog 1, bird 3. "
        + "Most confused: cat and dog: 2 (cat as dog 2, dog as cat 0); dog and bird: 1 (dog as bird 0, bird as dog 1).",
        figure.Description);

    [Fact]
    public void With_mistakes_only_the_diagonal_is_blank()
    {
        PlotlyFigure mistakes = Draw(mistakesOnly: true);

        JsonNode trace = JsonNode.Parse(mistakes.Specification)!["data"]![0]!;
        Assert.Equal("[[null,2,0],[0,null,0],[0,1,null]]", trace["z"]!.ToJsonString());
        JsonNode numbers = JsonNode.Parse(mistakes.Specification)!["data"]![1]!;
        Assert.Equal("""["2","0","0","0","0","1"]""", numbers["text"]!.ToJsonString());
        Assert.StartsWith("Confusion matrix. Predicted right: left blank. Most confused: cat", mistakes.Description);
    }

    private static PlotlyFigure Draw(bool mistakesOnly = false)
    {
        using var scope = NewDisposeScope();
        var confusion =
            new ConfusionMatrix(tensor([0L, 0, 0, 1, 2, 2, 2, 2]), tensor([0L, 1, 1, 1, 2, 2, 2, 1]), Classes);
        return Figures.ConfusionHeatmap(confusion, mistakesOnly);
    }
}
