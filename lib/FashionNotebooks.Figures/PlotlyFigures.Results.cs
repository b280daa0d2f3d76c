using static FashionNotebooks.ChartStyle;
using MarkerSymbol = Plotly.NET.StyleParam.MarkerSymbol;

namespace FashionNotebooks;

/// <content>What training and testing brought. Plotly.NET takes values as IConvertible too, which has blanks.</content>
internal sealed partial class PlotlyFigures
{
    // The share of the way from the smallest count to the largest up to which black is easier to read than white.
    private const double Dark = 0.66;

    // With more classes, the counts would have no room; their colours do.
    private const int MostNumbers = 30;

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

        int? dtick = epochs.Length < 8 ? 1 : null; // there is no half epoch
        var epoch = new Dictionary<string, object?>(Axis("Epoch")!) { ["dtick"] = dtick };
        GenericChart accuracy = Panel(trainAcc, valAcc).WithTraces(new { showlegend = false });
        GenericChart panels = Chart.Grid([Panel(trainLoss, valLoss), accuracy], 1, 2);
        return new InteractiveDrawing(panels, height: 370, width: null, new
        {
            grid = new { rows = 1, columns = 2, pattern = "independent", xgap = 0.28 },
            xaxis = epoch,
            xaxis2 = epoch,
            yaxis = Axis(""),
            yaxis2 = Axis(""),
            annotations = new[] { Caption(0.21, 1.02, "Loss"), Caption(0.79, 1.02, "Accuracy") },
            legend = new { orientation = "h", x = 0.5, xanchor = "center", y = 1.12, yanchor = "bottom" },
            margin = new { l = 45, r = 10, t = 70, b = 60 },
        });
    }

    public IDrawing ConfusionHeatmap(int?[][] counts, string[] classes)
    {
        var names = new NamesAxis(classes);
        bool hasNumbers = classes.Length <= MostNumbers;
        int room = hasNumbers ? 6 + (8 * $"{counts.Max(row => row.Max())}".Length) : 0;
        int side = Math.Max(320, classes.Length * Math.Max(names.Height, room));
        int longer = Math.Max(0, names.Length - 80);
        // In plotly.js YlGnBu begins with blue: reversed, more is darker, as in seaborn. Plotly.NET misspells its name.
        GenericChart cells = Chart.Heatmap<IConvertible, int, int, string>(
                counts.Select(row => row.Cast<IConvertible>()), ReverseScale: true, UseDefaults: false)
            .WithTraces(new
            {
                colorscale = "YlGnBu",
                colorbar = new { thickness = 12 },
                hovertemplate = "%{y} seen as %{x}: %{z}<extra></extra>",
                xgap = 1,
                ygap = 1,
            });
        GenericChart all = hasNumbers ? Chart.Combine([cells, Numbers(counts)]) : cells;
        return new InteractiveDrawing(all, side + 115 + longer, side + 160 + longer, new
        {
            xaxis = new Dictionary<string, object>(names.ToLayout(isUpright: false))
            {
                ["title"] = Title("Predicted label"),
                ["tickangle"] = names.Height > 0.7 * side / classes.Length ? -90 : -45,
                ["constrain"] = "domain",
            },
            yaxis = new Dictionary<string, object>(names.ToLayout(isUpright: true))
            {
                ["title"] = Title("True label"),
                ["scaleanchor"] = "x",
                ["constrain"] = "domain",
            },
            margin = new { l = 120 + longer, r = 0, t = 10, b = 105 + longer },
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
        var names = new NamesAxis(strips.Select(strip => strip.Network));
        string[] titleLines = PlainText.Wrap(title, NamesAxis.LineWidth);
        int below = 38 + (22 * titleLines.Length);
        int height = 70 + below + (Math.Max(60, names.Height) * strips.Count);
        return new InteractiveDrawing(shown, height, width: null, new
        {
            xaxis = new Dictionary<string, object>(Axis(PlainText.ToMarkup(titleLines))) { ["tickformat"] = ".2~%" },
            yaxis = names.ToLayout(isUpright: true),
            annotations = means.Select(dot => Label(dot, -0.36, TextColor))
                .Concat(tutorial.Select(dot => Label(dot, 0.36, OrangeTextColor))),
            legend = LegendAbove,
            margin = new { l = 145, r = 20, t = 40, b = below },
        });
    }

    // A trace of its own: a heatmap's own texts are grey or white, and hard to read on the colours between.
    private static GenericChart Numbers(int?[][] counts)
    {
        (int True, int Predicted, int? Count)[] cells = [.. counts.SelectMany((row, y) => row
            .Select((count, x) => (y, x, count)).Where(cell => cell.count is not null))];
        int? low = counts.Min(row => row.Min());
        int? high = counts.Max(row => row.Max());
        string[] colors = [.. cells.Select(cell => cell.Count - low <= Dark * (high - low) ? "#000000" : "#ffffff")];
        return Chart.Scatter<int, int, string>(
                cells.Select(cell => cell.Predicted), cells.Select(cell => cell.True), StyleParam.Mode.Text,
                MultiText: cells.Select(cell => $"{cell.Count}").ToArray(), UseDefaults: false)
            .WithTraces(new { textfont = new { size = 12, color = colors }, hoverinfo = "skip" });
    }

    private static GenericChart Points(IEnumerable<Dot> dots, string name, object marker) =>
        Chart.Point<double, double, string>(
                dots.Select(dot => dot.Accuracy), dots.Select(dot => dot.Height), Name: name, UseDefaults: false)
            .WithTraces(new { marker, hovertemplate = "%{x:.2%}" });

    private static object Label(Dot dot, double below, string color) => Text(
        dot.Accuracy, dot.Height + below, FormattableString.Invariant($"{dot.Accuracy:0.00%}"), size: 13, color: color);

    // Multiples of the golden ratio spread evenly and never meet, so that equal accuracies lie apart.
    private static double Spread(int seed) => ((seed * 0.618034 % 1) - 0.5) * 0.4;

    private sealed record Dot(double Accuracy, double Height);
}
