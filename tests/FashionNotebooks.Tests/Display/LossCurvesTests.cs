using System.Text.Json.Nodes;

namespace FashionNotebooks.Tests;

public class LossCurvesTests
{
    [Fact]
    public void A_line_stops_where_its_loss_explodes_and_its_name_stays()
    {
        PlotlyFigure figure = Draw(
            ("small", [2, 1.5f, 1]), ("large", [2, 90, float.PositiveInfinity, 3]), ("none", [float.NaN]));

        JsonNode chart = JsonNode.Parse(figure.Specification)!;
        JsonArray lines = chart["data"]!.AsArray();
        Assert.Equal(["small", "large", "none"], lines.Select(line => (string)line!["name"]!));
        Assert.Equal("[2.0,90.0]", lines[1]!["y"]!.ToJsonString());
        Assert.Equal("[null]", lines[2]!["y"]!.ToJsonString());
        Assert.True((bool)chart["layout"]!["showlegend"]!);
        Assert.EndsWith(
            "small from 2 to 1 at step 2; large from 2 to 90 at step 1, then not finite; "
            + "none without a loss, then not finite.", figure.Description);
    }

    [Theory]
    [InlineData(3, 2, 4, 90)] // the median first loss of 2, 2 and 4 is 2
    [InlineData(2.1, 2, 1, 1)] // nothing is cut: a little above the largest loss
    public void The_axis_begins_at_0_and_an_explosion_does_not_flatten_the_others(
        double top, float first, float second, float last)
    {
        PlotlyFigure figure = Draw(("one", [2, 1]), ("two", [first, last]), ("three", [second, 1]));

        JsonArray range = JsonNode.Parse(figure.Specification)!["layout"]!["yaxis"]!["range"]!.AsArray();
        Assert.Equal(0, (double)range[0]!);
        Assert.Equal(top, (double)range[1]!, 6);
    }

    [Fact]
    public void Six_lines_can_be_told_apart_by_colour_and_by_symbol()
    {
        PlotlyFigure figure = Draw([.. Enumerable.Range(0, 6).Select(run => ($"{run}", new float[] { 1 }))]);

        JsonArray lines = JsonNode.Parse(figure.Specification)!["data"]!.AsArray();
        Assert.Equal(6, lines.Select(line => (string)line!["line"]!["color"]!).Distinct().Count());
        Assert.Equal(6, lines.Select(line => (string)line!["marker"]!["symbol"]!).Distinct().Count());
    }

    [Fact]
    public void No_runs_more_than_six_or_one_without_losses_are_refused()
    {
        Refused.With("runs: 0, expected 1 to 6.", () => Draw());
        Refused.With(
            "runs: 7, expected 1 to 6.",
            () => Draw([.. Enumerable.Range(0, 7).Select(run => ($"{run}", new float[] { 1 }))]));
        Refused.With("runs: no losses for b, expected one or more.", () => Draw(("a", [1]), ("b", [])));
    }

    private static PlotlyFigure Draw(params (string Name, float[] Losses)[] runs) =>
        Figures.LossCurves(runs.ToDictionary(run => run.Name, run => (IReadOnlyList<float>)run.Losses));
}
