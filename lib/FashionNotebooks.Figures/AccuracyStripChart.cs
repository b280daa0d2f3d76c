using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>A dot for each run, in a strip for each network, with the mean and the tutorial's accuracy.</summary>
internal static class AccuracyStripChart
{
    /// <param name="networks">The names of the networks, the first on top. All accuracies are 0 to 1.</param>
    /// <param name="accuracies">For each network one accuracy for each seed.</param>
    /// <param name="means">The mean of each network's accuracies.</param>
    /// <param name="tutorial">What the tutorial reached with each network; null where it has none.</param>
    /// <param name="title">What has been measured.</param>
    public static string Draw(
        string[] networks, double[][] accuracies, double[] means, double?[] tutorial, string title)
    {
        double[] strips = [.. networks.Select((_, strip) => (double)strip)];
        (double? Accuracy, double Strip)[] known = [.. tutorial.Zip(strips).Where(pair => pair.First is not null)];
        GenericChart[] marks =
        [
            Points(
                [.. accuracies.SelectMany(values => values)],
                [.. accuracies.SelectMany((values, strip) => values.Select((_, run) => strip + Spread(run)))],
                "One seed", new { color = "#0072b2", size = 9, opacity = 0.75 }),
            Points(means, strips, "Mean", new
            {
                symbol = "line-ns",
                size = 26,
                color = ChartStyle.TextColor,
                line = new { width = 2.5, color = ChartStyle.TextColor },
            }),
            Points(
                [.. known.Select(pair => pair.Accuracy!.Value)], [.. known.Select(pair => pair.Strip)],
                "Tutorial", new { symbol = "diamond", size = 14, color = "#d55e00" }),
        ];
        return Chart.Combine(known.Length > 0 ? marks : marks[..^1])
            .WithLayoutProperty("xaxis", new
            {
                title = ChartStyle.Title(title),
                tickformat = ".1%",
                gridcolor = "#e5e5e5",
                linecolor = "#666666",
                ticks = "outside",
                zeroline = false,
            })
            .WithLayoutProperty("yaxis", new
            {
                tickvals = strips,
                ticktext = networks,
                ticksuffix = " ",
                range = new[] { networks.Length - 0.5, -0.5 },
                automargin = true, // for longer names than the left margin has room for
                showgrid = false,
                zeroline = false,
            })
            .WithLayoutProperty("annotations", known.Select(pair => Label(pair.Accuracy!.Value, pair.Strip)).ToArray())
            .WithLayoutProperty("legend", ChartStyle.LegendAbove)
            .WithLayoutProperty("margin", new { l = 145, r = 20, t = 40, b = 60 })
            .WithLayoutProperty("height", 130 + (60 * networks.Length))
            .ToSpecification();
    }

    private static GenericChart Points(double[] accuracies, double[] heights, string name, object marker) =>
        Chart.Point<double, double, string>(accuracies, heights, Name: name, UseDefaults: false)
            .WithTraceProperty("marker", marker)
            .WithTraceProperty("hovertemplate", "%{x:.2%}");

    private static object Label(double accuracy, double strip) => new
    {
        x = accuracy,
        y = strip + 0.36,
        text = FormattableString.Invariant($"{accuracy:0.00%}"),
        showarrow = false,
        font = new { size = 13, color = ChartStyle.OrangeTextColor },
    };

    // Multiples of the golden ratio spread evenly and never meet, so that equal accuracies lie apart.
    private static double Spread(int run) => ((run * 0.618034 % 1) - 0.5) * 0.4;
}
