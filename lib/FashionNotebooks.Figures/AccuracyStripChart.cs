using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>A dot for each seed, in a strip for each network, with the mean and the tutorial's accuracy.</summary>
internal static class AccuracyStripChart
{
    public static IDrawing Draw(
        IReadOnlyList<(string Network, double[] Accuracies, double? Tutorial)> strips, string title)
    {
        IEnumerable<Dot> seeds = strips.SelectMany((strip, index) =>
            strip.Accuracies.Select((accuracy, seed) => new Dot(accuracy, index + Spread(seed))));
        IEnumerable<Dot> means = strips.Select((strip, index) => new Dot(strip.Accuracies.Average(), index));
        Dot[] tutorial =
        [
            .. strips.Index().Where(strip => strip.Item.Tutorial is not null)
                .Select(strip => new Dot(strip.Item.Tutorial!.Value, strip.Index)),
        ];
        GenericChart[] marks =
        [
            Points(seeds, "One seed", new { color = "#0072b2", size = 9, opacity = 0.75 }),
            Points(means, "Mean", new
            {
                symbol = "line-ns",
                size = 26,
                color = ChartStyle.TextColor,
                line = new { width = 2.5, color = ChartStyle.TextColor },
            }),
            Points(tutorial, "Tutorial", new { symbol = "diamond", size = 14, color = "#d55e00" }),
        ];
        return Chart.Combine(tutorial.Length > 0 ? marks : marks[..^1])
            .ToDrawing(height: 130 + (60 * strips.Count), width: null, new
            {
                xaxis = new Dictionary<string, object>(ChartStyle.Axis(title)) { ["tickformat"] = ".1%" },
                yaxis = new
                {
                    tickvals = means.Select(mean => mean.Height),
                    ticktext = strips.Select(strip => strip.Network),
                    ticksuffix = " ",
                    range = new[] { strips.Count - 0.5, -0.5 },
                    automargin = true, // for longer names than the left margin has room for
                    showgrid = false,
                    zeroline = false,
                },
                annotations = tutorial.Select(Label),
                legend = ChartStyle.LegendAbove,
                margin = new { l = 145, r = 20, t = 40, b = 60 },
            });
    }

    private static GenericChart Points(IEnumerable<Dot> dots, string name, object marker) =>
        Chart.Point<double, double, string>(
                dots.Select(dot => dot.Accuracy), dots.Select(dot => dot.Height), Name: name, UseDefaults: false)
            .WithTraces(new { marker, hovertemplate = "%{x:.2%}" });

    private static object Label(Dot dot) => new
    {
        x = dot.Accuracy,
        y = dot.Height + 0.36,
        text = FormattableString.Invariant($"{dot.Accuracy:0.00%}"),
        showarrow = false,
        font = new { size = 13, color = ChartStyle.OrangeTextColor },
    };

    // Multiples of the golden ratio spread evenly and never meet, so that equal accuracies lie apart.
    private static double Spread(int seed) => ((seed * 0.618034 % 1) - 0.5) * 0.4;

    private sealed record Dot(double Accuracy, double Height);
}
