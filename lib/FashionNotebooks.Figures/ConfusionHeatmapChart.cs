using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>A confusion matrix in YlGnBu, with the count in each cell that has one.</summary>
internal static class ConfusionHeatmapChart
{
    /// <param name="counts">Rows are true classes, columns predicted ones; null is a blank.</param>
    /// <param name="classes">The names of the classes, in the order of the rows and columns.</param>
    public static string Draw(int?[][] counts, string[] classes) =>

        // In plotly.js YlGnBu begins with blue: reversed, more is darker, as in seaborn. Plotly.NET misspells its name,
        // and its type for counts has no blanks.
        Chart.Heatmap<int, string, string, string>(
                [[0]], X: new(classes, true), Y: new(classes, true), ReverseScale: true, UseDefaults: false)
            .WithTraceProperty("z", counts)
            .WithTraceProperty("colorscale", "YlGnBu")
            .WithTraceProperty("texttemplate", "%{z}")
            .WithTraceProperty("textfont", new { size = 12 })
            .WithTraceProperty("colorbar", new { thickness = 12 })
            .WithTraceProperty("hovertemplate", "%{y} seen as %{x}: %{z}<extra></extra>")
            .WithTraceProperty("xgap", 1)
            .WithTraceProperty("ygap", 1)
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
            .WithLayoutProperty("margin", new { l = 110, r = 0, t = 10, b = 105 })
            .WithLayoutProperty("width", ChartStyle.Width)
            .WithLayoutProperty("height", 445)
            .ToSpecification();
}
