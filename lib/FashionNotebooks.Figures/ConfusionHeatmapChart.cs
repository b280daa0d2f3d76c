using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>A confusion matrix in YlGnBu, with the count in each cell that has one.</summary>
internal static class ConfusionHeatmapChart
{
    // The share of the way from the smallest count to the largest up to which black is easier to read than white.
    private const double Dark = 0.66;

    public static IDrawing Draw(int?[][] counts, string[] classes) =>
        Chart.Combine([Cells(counts, classes), Numbers(counts, classes)])
            .ToDrawing(height: 435, ChartStyle.Width, new
            {
                xaxis = new
                {
                    title = ChartStyle.Title("Predicted label"),
                    showgrid = false,
                    tickangle = -45,
                    constrain = "domain",
                },
                yaxis = new
                {
                    title = ChartStyle.Title("True label"),
                    showgrid = false,
                    autorange = "reversed",
                    scaleanchor = "x",
                    constrain = "domain",
                },
                margin = new { l = 120, r = 0, t = 10, b = 105 },
            });

    // In plotly.js YlGnBu begins with blue: reversed, more is darker, as in seaborn. Plotly.NET misspells its name,
    // and its type for counts has no blanks.
    private static GenericChart Cells(int?[][] counts, string[] classes) =>
        Chart.Heatmap<int, string, string, string>(
                [[0]], X: new(classes, true), Y: new(classes, true), ReverseScale: true, UseDefaults: false)
            .WithTraces(new
            {
                z = counts,
                colorscale = "YlGnBu",
                colorbar = new { thickness = 12 },
                hovertemplate = "%{y} seen as %{x}: %{z}<extra></extra>",
                xgap = 1,
                ygap = 1,
            });

    // A trace of its own: a heatmap's own texts are grey or white, and hard to read on the colours between.
    private static GenericChart Numbers(int?[][] counts, string[] classes)
    {
        (string True, string Predicted, int Count)[] cells =
        [
            .. from row in counts.Index()
               from cell in row.Item.Index()
               where cell.Item is not null
               select (classes[row.Index], classes[cell.Index], cell.Item!.Value),
        ];
        int low = cells.Select(cell => cell.Count).DefaultIfEmpty().Min();
        int high = cells.Select(cell => cell.Count).DefaultIfEmpty().Max();
        string[] colors = [.. cells.Select(cell => cell.Count - low <= Dark * (high - low) ? "#000000" : "#ffffff")];
        return Chart.Scatter<string, string, string>(
                cells.Select(cell => cell.Predicted), cells.Select(cell => cell.True), StyleParam.Mode.Text,
                MultiText: cells.Select(cell => $"{cell.Count}").ToArray(), UseDefaults: false)
            .WithTraces(new { textfont = new { size = 12, color = colors }, hoverinfo = "skip" });
    }
}
