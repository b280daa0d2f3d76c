using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Names as others write them: numbers, dates, HTML, the same name twice.</summary>
public class FigureNamesTests
{
    [Theory]
    [InlineData("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")]
    [InlineData("36", "37", "38", "39", "40", "42", "44")]
    [InlineData("a<b>c</b>", "x<script>alert(1)</script>", "T&amp;S", "a < b", "<i>")]
    [InlineData("2021-01-01", "2021-02-01", "NaN", "true", "1e3")]
    [InlineData("cat", "cat", "", "$x$")]
    public void Each_name_stands_at_its_number_as_it_is_written(params string[] names)
    {
        foreach ((PlotlyFigure figure, string[] axes) in Draw(names))
        {
            JsonNode chart = JsonNode.Parse(figure.Specification)!;
            Assert.False((bool)chart["config"]!["typesetMath"]!);
            foreach (JsonNode axis in axes.Select(axis => chart["layout"]![axis]!))
            {
                Assert.Equal("linear", (string)axis["type"]!);
                Assert.Equal(
                    Enumerable.Range(0, names.Length), axis["tickvals"]!.AsArray().Select(value => (int)value!));
                Assert.Equal(names, axis["ticktext"]!.AsArray().Select(text => Read((string)text!)));
            }
        }
    }

    // What a browser shows of it, on one line.
    private static string Read(string markup) =>
        new HtmlParser().ParseDocument(markup).Body!.TextContent;

    /// <summary>Every figure with such names, and its axes of names.</summary>
    internal static (PlotlyFigure Figure, string[] Axes)[] Draw(string[] names)
    {
        using var scope = NewDisposeScope();
        Tensor labels = arange(names.Length);
        AccuracySample[] samples = [.. names.Select(name => new AccuracySample(name, [0.5], 0.6))];
        return
        [
            (Figures.ConfusionHeatmap(new ConfusionMatrix(labels, labels, names)), ["xaxis", "yaxis"]),
            (Figures.ClassProbabilities(zeros(names.Length), trueClass: 0, names), ["yaxis"]),
            (Figures.AccuracyStrip(samples, names[0]), ["yaxis"]),
        ];
    }
}
