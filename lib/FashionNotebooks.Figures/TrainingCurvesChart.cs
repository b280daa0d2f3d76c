using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;
using MarkerSymbol = Plotly.NET.StyleParam.MarkerSymbol;

namespace FashionNotebooks;

/// <summary>Loss on the left, accuracy on the right, over the epochs.</summary>
internal static class TrainingCurvesChart
{
    private const string Red = "#d62728";
    private const string Blue = "#1f4fd6";

    public static GenericChart Draw(
        int[] epochs, double[] trainLoss, double[] valLoss, double[] trainAcc, double[] valAcc)
    {
        GenericChart Training(double[] values) => Curve(epochs, values, "Training", Red, MarkerSymbol.Circle);
        GenericChart Validation(double[] values) => Curve(epochs, values, "Validation", Blue, MarkerSymbol.Square);

        GenericChart chart = Chart.Grid(
            [
                Chart.Combine([Training(trainLoss), Validation(valLoss)]),
                Chart.Combine([Training(trainAcc).WithTraceProperty("showlegend", false), Validation(valAcc).WithTraceProperty("showlegend", false)]),
            ], 1, 2);
        return chart
            .WithLayoutProperty("grid", new { rows = 1, columns = 2, pattern = "independent", xgap = 0.16 })
            .WithLayoutProperty("xaxis", Axis("Epoch"))
            .WithLayoutProperty("xaxis2", Axis("Epoch"))
            .WithLayoutProperty("yaxis", Axis("Loss"))
            .WithLayoutProperty("yaxis2", Axis("Accuracy"))
            .WithLayoutProperty("legend", new { orientation = "h", x = 0.5, xanchor = "center", y = 1.02, yanchor = "bottom" })
            .WithLayoutProperty("margin", new { l = 60, r = 20, t = 40, b = 65 })
            .WithLayoutProperty("height", 400);
    }

    private static GenericChart Curve(int[] epochs, double[] values, string name, string color, MarkerSymbol symbol) =>
        Chart.Line<int, double, string>(
                epochs, values, ShowMarkers: true, Name: name, LineColor: Color.fromString(color),
                MarkerColor: Color.fromString(color), MarkerSymbol: symbol, UseDefaults: false)
            .WithTraceProperty("legendgroup", name)
            .WithTraceProperty("hovertemplate", "epoch %{x}: %{y:.4f}");

    private static object Axis(string title) =>
        new { title = new { text = title }, gridcolor = "#e5e5e5", linecolor = "#666666", ticks = "outside", zeroline = false };
}
