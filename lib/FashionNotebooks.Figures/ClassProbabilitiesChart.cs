using System.Globalization;
using Chart = Plotly.NET.CSharp.Chart;
using TextPosition = Plotly.NET.StyleParam.TextPosition;

namespace FashionNotebooks;

/// <summary>The probabilities that a network gives to the classes for one image.</summary>
internal static class ClassProbabilitiesChart
{
    /// <param name="probabilities">0 to 1, one for each class.</param>
    /// <param name="classes">The names of the classes, the first on top.</param>
    /// <param name="trueClass">The class whose bar stands out.</param>
    public static string Draw(double[] probabilities, string[] classes, int trueClass)
    {
        string[] labels = [.. probabilities.Select(value => value.ToString("0.0%", CultureInfo.InvariantCulture))];
        string[] colors = [.. classes.Select((_, index) => index == trueClass ? "#e69f00" : "#0072b2")];
        return Chart.Bar<double, string, string>(
                probabilities, Keys: new(classes, true), MultiText: new(labels, true),
                TextPosition: TextPosition.Outside, UseDefaults: false)
            .WithTraceProperty("marker", new { color = colors })
            .WithTraceProperty("hovertemplate", "%{y}: %{x:.4f}<extra></extra>")
            .WithLayoutProperty("xaxis", new
            {
                title = ChartStyle.Title("Probability (orange: the true class)"),
                range = new[] { 0, 1.15 },
            })
            .WithLayoutProperty("yaxis", new { autorange = "reversed", ticksuffix = " " })
            .WithLayoutProperty("margin", new { l = 95, r = 10, t = 10, b = 60 })
            .WithLayoutProperty("height", 360)
            .ToSpecification();
    }
}
