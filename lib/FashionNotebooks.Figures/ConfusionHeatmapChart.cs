using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>A confusion matrix in YlGnBu, with the count in each cell that has one.</summary>
internal static class ConfusionHeatmapChart
{
    // YlGnBu reversed: up to here black is easier to read on it, from here on white.
    private const double Dark = 0.66;

    /// <param name="counts">Rows are true classes, columns predicted ones; null is a blank.</param>
    /// <param name="classes">The names of the classes, in the order of the rows and columns.</param>
    public static string Draw(int?[][] counts, string[] classes) =>
        Chart.Combine([Cells(counts, classes), Numbers(counts, classes)])
            .WithLayoutProperty("xaxis", new
            {
                title = ChartStyle.Title("Predicted label"),
                showgrid = false,
                tickangle = -45,
                constrain = "domain",
            })
            .WithLayoutProperty("yaxis", new
            {
                title = ChartStyle.Title("True label"),
                showgrid = false,
                autorange = "reversed",
                scaleanchor = "x",
                constrain = "domain",
            })
            .WithLayoutProperty("margin", new { l = 120, r = 0, t = 10, b = 105 })
            .WithLayoutProperty("width", ChartStyle.Width)
            .WithLayoutProperty("height", 435)
            .ToSpecification();

    // In plotly.js YlGnBu begins with blue: reversed, more is darker, as in seaborn. Plotly.NET misspells its name,
    // and its type for counts has no blanks.
    private static GenericChart Cells(int?[][] counts, string[] classes) =>
        Chart.Heatmap<int, string, string, string>(
                [[0]], X: new(classes, true), Y: new(classes, true), ReverseScale: true, UseDefaults: false)
            .WithTraceProperty("z", counts)
            .WithTraceProperty("colorscale", "YlGnBu")
            .WithTraceProperty("colorbar", new { thickness = 12 })
            .WithTraceProperty("hovertemplate", "%{y} seen as %{x}: %{z}<extra></extra>")
            .WithTraceProperty("xgap", 1)
            .WithTraceProperty("ygap", 1);

    // The texts of a heatmap are grey or white, and hard to read on the colours between.
    private static GenericChart Numbers(int?[][] counts, string[] classes)
    {
        int[] all = [.. counts.SelectMany(row => row).OfType<int>().DefaultIfEmpty()];
        (int low, int high) = (all.Min(), all.Max());
        (string True, string Predicted, int Count)[] cells =
        [
            .. classes.SelectMany((name, row) => classes.Select((other, column) => (name, other, counts[row][column])))
                .Where(cell => cell.Item3 is not null).Select(cell => (cell.name, cell.other, cell.Item3!.Value)),
        ];
        IEnumerable<string> colors =
            cells.Select(cell => cell.Count - low <= Dark * (high - low) ? "#000000" : "#ffffff");
        return Chart.Scatter<string, string, string>(
                cells.Select(cell => cell.Predicted), cells.Select(cell => cell.True), StyleParam.Mode.Text,
                MultiText: cells.Select(cell => $"{cell.Count}").ToArray(), UseDefaults: false)
            .WithTraceProperty("textfont", new { size = 12, color = colors.ToArray() })
            .WithTraceProperty("hoverinfo", "skip");
    }
}
