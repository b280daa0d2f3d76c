using static FashionNotebooks.ChartStyle;

namespace FashionNotebooks;

/// <content>Whether probabilities mean what they say.</content>
internal sealed partial class PlotlyFigures
{
    public IDrawing ReliabilityCurve(
        IReadOnlyList<(double Probability, double Accuracy, double Low, double High)> bins)
    {
        GenericChart line = Chart.Line<double, double, string>([0, 1], [0, 1], Name: "Calibrated", UseDefaults: false)
            .WithTraces(new { line = new { color = "#666666", width = 1.5, dash = "dash" }, hoverinfo = "skip" });
        GenericChart dots = Chart.Point<double, double, string>(
                bins.Select(bin => bin.Probability), bins.Select(bin => bin.Accuracy), Name: "This network",
                UseDefaults: false)
            .WithTraces(new
            {
                marker = new { color = "#0072b2", size = 9 },
                error_y = new
                {
                    type = "data",
                    symmetric = false,
                    array = bins.Select(bin => bin.High - bin.Accuracy),
                    arrayminus = bins.Select(bin => bin.Accuracy - bin.Low),
                    color = "#0072b2",
                },
                hovertemplate = "probability %{x:.3f}: %{y:.3f} right",
            });
        return new InteractiveDrawing(Chart.Combine([line, dots]), height: 420, width: null, new
        {
            xaxis = new Dictionary<string, object>(Axis("Probability of the answer")) { ["range"] = new[] { 0, 1.02 } },
            yaxis = new Dictionary<string, object>(Axis("Share of right answers")) { ["range"] = new[] { 0, 1.02 } },
            legend = LegendAbove,
            margin = new { l = 60, r = 10, t = 40, b = 60 },
        });
    }
}
