using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;
using MarkerSymbol = Plotly.NET.StyleParam.MarkerSymbol;

namespace FashionNotebooks;

/// <summary>Loss on the left, accuracy on the right, over the epochs.</summary>
internal static class TrainingCurvesChart
{
    private const string Red = "#d62728";
    private const string Blue = "#1f4fd6";

    /// <summary>All arrays have one value for each epoch; a curve has a gap where its value is null.</summary>
    public static string Draw(
        double?[] epochs, double?[] trainLoss, double?[] valLoss, double?[] trainAcc, double?[] valAcc)
    {
        GenericChart Training(double?[] values) => Curve(epochs, values, "Training", Red, MarkerSymbol.Circle);
        GenericChart Validation(double?[] values) => Curve(epochs, values, "Validation", Blue, MarkerSymbol.Square);
        GenericChart WithoutLegend(GenericChart curve) => curve.WithTraceProperty("showlegend", false);

        GenericChart chart = Chart.Grid(
            [
                Chart.Combine([Training(trainLoss), Validation(valLoss)]),
                Chart.Combine([WithoutLegend(Training(trainAcc)), WithoutLegend(Validation(valAcc))]),
            ], 1, 2);
        return chart
            .WithLayoutProperty("grid", new { rows = 1, columns = 2, pattern = "independent", xgap = 0.34 })
            .WithLayoutProperty("xaxis", Axis("Epoch"))
            .WithLayoutProperty("xaxis2", Axis("Epoch"))
            .WithLayoutProperty("yaxis", Axis("Loss"))
            .WithLayoutProperty("yaxis2", Axis("Accuracy"))
            .WithLayoutProperty("legend", ChartStyle.LegendAbove)
            .WithLayoutProperty("margin", new { l = 70, r = 10, t = 35, b = 60 })
            .WithLayoutProperty("height", 330)
            .ToSpecification();
    }

    private static GenericChart Curve(
        double?[] epochs, double?[] values, string name, string color, MarkerSymbol symbol) =>
        Chart.Line<double, double, string>(
                [], [], ShowMarkers: true, Name: name, LineColor: Color.fromString(color),
                MarkerColor: Color.fromString(color), MarkerSymbol: symbol, UseDefaults: false)
            .WithTraceProperty("x", epochs)
            .WithTraceProperty("y", values)
            .WithTraceProperty("legendgroup", name)
            .WithTraceProperty("hovertemplate", "epoch %{x}: %{y:.4f}");

    private static object Axis(string title) => new
    {
        title = ChartStyle.Title(title),
        gridcolor = "#e5e5e5",
        linecolor = "#666666",
        ticks = "outside",
        zeroline = false,
    };
}
