using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;
using MarkerSymbol = Plotly.NET.StyleParam.MarkerSymbol;

namespace FashionNotebooks;

/// <summary>Loss on the left, accuracy on the right, over the epochs.</summary>
internal static class TrainingCurvesChart
{
    private const string Red = "#d62728";
    private const string Blue = "#1f4fd6";

    public static IDrawing Draw(
        double?[] epochs, double?[] trainLoss, double?[] valLoss, double?[] trainAcc, double?[] valAcc)
    {
        GenericChart Panel(double?[] training, double?[] validation) => Chart.Combine(
        [
            Curve(epochs, training, "Training", Red, MarkerSymbol.Circle),
            Curve(epochs, validation, "Validation", Blue, MarkerSymbol.Square),
        ]);
        GenericChart loss = Panel(trainLoss, valLoss);
        GenericChart accuracy = Panel(trainAcc, valAcc).WithTraces(new { showlegend = false });
        return Chart.Grid([loss, accuracy], 1, 2)
            .ToDrawing(height: 330, width: null, new
            {
                grid = new { rows = 1, columns = 2, pattern = "independent", xgap = 0.34 },
                xaxis = ChartStyle.Axis("Epoch"),
                xaxis2 = ChartStyle.Axis("Epoch"),
                yaxis = ChartStyle.Axis("Loss"),
                yaxis2 = ChartStyle.Axis("Accuracy"),
                legend = ChartStyle.LegendAbove,
                margin = new { l = 70, r = 10, t = 35, b = 60 },
            });
    }

    private static GenericChart Curve(
        double?[] epochs, double?[] values, string name, string color, MarkerSymbol symbol) =>
        Chart.Line<double, double, string>(
                [], [], ShowMarkers: true, Name: name, LineColor: Color.fromString(color),
                MarkerColor: Color.fromString(color), MarkerSymbol: symbol, UseDefaults: false)
            .WithTraces(new { x = epochs, y = values, legendgroup = name, hovertemplate = "epoch %{x}: %{y:.4f}" });
}
