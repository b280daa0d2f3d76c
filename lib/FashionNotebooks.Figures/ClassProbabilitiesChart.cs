using System.Globalization;
using Chart = Plotly.NET.CSharp.Chart;
using TextPosition = Plotly.NET.StyleParam.TextPosition;

namespace FashionNotebooks;

/// <summary>The probabilities that a network gives to the classes for one image, as bars.</summary>
internal static class ClassProbabilitiesChart
{
    public static IDrawing Draw(double[] probabilities, string[] classes, int trueClass)
    {
        string[] labels = [.. probabilities.Select(value => value.ToString("0.0%", CultureInfo.InvariantCulture))];
        string[] colors = [.. classes.Select((_, index) => index == trueClass ? "#e69f00" : "#0072b2")];
        return Chart.Bar<double, string, string>(
                probabilities, Keys: new(classes, true), MultiText: new(labels, true),
                TextPosition: TextPosition.Outside, UseDefaults: false)
            .WithTraces(new { marker = new { color = colors }, hovertemplate = "%{y}: %{x:.4f}<extra></extra>" })
            .ToDrawing(height: 360, width: null, new
            {
                xaxis = new
                {
                    title = ChartStyle.Title("Probability (orange: the true class)"),
                    range = new[] { 0, 1.15 },
                },
                yaxis = new { autorange = "reversed", ticksuffix = " " },
                margin = new { l = 95, r = 10, t = 10, b = 60 },
            });
    }
}
