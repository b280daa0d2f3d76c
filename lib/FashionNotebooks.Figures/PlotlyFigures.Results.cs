using static FashionNotebooks.ChartStyle;
using MarkerSymbol = Plotly.NET.StyleParam.MarkerSymbol;

namespace FashionNotebooks;

/// <content>What training and testing brought. Plotly.NET takes values as IConvertible too, which has blanks.</content>
internal sealed partial class PlotlyFigures
{
    // The share of the way from the smallest count to the largest up to which black is easier to read than white.
    private const double Dark = 0.66;

    public IDrawing TrainingCurves(
        double?[] epochs, double?[] trainLoss, double?[] valLoss, double?[] trainAcc, double?[] valAcc)
    {
        GenericChart Curve(double?[] values, string name, Color color, MarkerSymbol symbol) =>
            Chart.Line<IConvertible, IConvertible, string>(
                    epochs.Cast<IConvertible>(), values.Cast<IConvertible>(), ShowMarkers: true, Name: name,
                    LineColor: color, MarkerColor: color, MarkerSymbol: symbol, UseDefaults: false)
                .WithTraces(new { legendgroup = name, hovertemplate = "epoch %{x}: %{y:.4f}" });

        GenericChart Panel(double?[] training, double?[] validation) => Chart.Combine(
        [
            Curve(training, "Training", Color.fromString("#d62728"), MarkerSymbol.Circle),
            Curve(validation, "Validation", Color.fromString("#1f4fd6"), MarkerSymbol.Square),
        ]);

        GenericChart accuracy = Panel(trainAcc, valAcc).WithTraces(new { showlegend = false });
        GenericChart panels = Chart.Grid([Panel(trainLoss, valLoss), accuracy], 1, 2);
        return new InteractiveDrawing(panels, height: 330, width: null, new
        {
            grid = new { rows = 1, columns = 2, pattern = "independent", xgap = 0.34 },
            xaxis = Axis("Epoch"),
            xaxis2 = Axis("Epoch"),
            yaxis = Axis("Loss"),
            yaxis2 = Axis("Accuracy"),
            legend = LegendAbove,
            margin = new { l = 70, r = 10, t = 35, b = 60 },
        });
    }

    public IDrawing ConfusionHeatmap(int?[][] counts, string[] classes)
    {
        // In plotly.js YlGnBu begins with blue: reversed, more is darker, as in seaborn. Plotly.NET misspells its name.
        GenericChart cells = Chart.Heatmap<IConvertible, string, string, string>(
                counts.Select(row => row.Cast<IConvertible>()), X: new(classes, true), Y: new(classes, true),
                ReverseScale: true, UseDefaults: false)
            .WithTraces(new
            {
                colorscale = "YlGnBu",
                colorbar = new { thickness = 12 },
                hovertemplate = "%{y} seen as %{x}: %{z}<extra></extra>",
                xgap = 1,
                ygap = 1,
            });
        return new InteractiveDrawing(Chart.Combine([cells, Numbers(counts, classes)]), height: 435, Width, new
        {
            xaxis = new { title = Title("Predicted label"), showgrid = false, tickangle = -45, constrain = "domain" },
            yaxis = new
            {
                title = Title("True label"),
                showgrid = false,
                autorange = "reversed",
                scaleanchor = "x",
                constrain = "domain",
            },
            margin = new { l = 120, r = 0, t = 10, b = 105 },
        });
    }

    public IDrawing AccuracyStrip(
        IReadOnlyList<(string Network, double[] Accuracies, double? Tutorial)> strips, string title)
    {
        IEnumerable<Dot> seeds = strips.SelectMany((strip, index) =>
            strip.Accuracies.Select((accuracy, seed) => new Dot(accuracy, index + Spread(seed))));
        IEnumerable<Dot> means = strips.Select((strip, index) => new Dot(strip.Accuracies.Average(), index));
        Dot[] tutorial = [.. strips.SelectMany((strip, index) =>
            strip.Tutorial is { } accuracy ? (Dot[])[new Dot(accuracy, index)] : [])];
        var dash = new { width = 2.5, color = TextColor };
        GenericChart[] marks =
        [
            Points(seeds, "One seed", new { color = "#0072b2", size = 9, opacity = 0.75 }),
            Points(means, "Mean", new { symbol = "line-ns", size = 26, color = TextColor, line = dash }),
            Points(tutorial, "Tutorial", new { symbol = "diamond", size = 14, color = "#d55e00" }),
        ];
        GenericChart shown = Chart.Combine(tutorial.Length > 0 ? marks : marks[..^1]);
        return new InteractiveDrawing(shown, height: 130 + (60 * strips.Count), width: null, new
        {
            xaxis = new Dictionary<string, object>(Axis(title)) { ["tickformat"] = ".1%" },
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
            legend = LegendAbove,
            margin = new { l = 145, r = 20, t = 40, b = 60 },
        });
    }

    // A trace of its own: a heatmap's own texts are grey or white, and hard to read on the colours between.
    private static GenericChart Numbers(int?[][] counts, string[] classes)
    {
        (string True, string Predicted, int? Count)[] cells = [.. counts.SelectMany((row, y) => row
            .Select((count, x) => (classes[y], classes[x], count)).Where(cell => cell.count is not null))];
        int? low = counts.Min(row => row.Min());
        int? high = counts.Max(row => row.Max());
        string[] colors = [.. cells.Select(cell => cell.Count - low <= Dark * (high - low) ? "#000000" : "#ffffff")];
        return Chart.Scatter<string, string, string>(
                cells.Select(cell => cell.Predicted), cells.Select(cell => cell.True), StyleParam.Mode.Text,
                MultiText: cells.Select(cell => $"{cell.Count}").ToArray(), UseDefaults: false)
            .WithTraces(new { textfont = new { size = 12, color = colors }, hoverinfo = "skip" });
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
        font = new { size = 13, color = OrangeTextColor },
    };

    // Multiples of the golden ratio spread evenly and never meet, so that equal accuracies lie apart.
    private static double Spread(int seed) => ((seed * 0.618034 % 1) - 0.5) * 0.4;

    private sealed record Dot(double Accuracy, double Height);
}
