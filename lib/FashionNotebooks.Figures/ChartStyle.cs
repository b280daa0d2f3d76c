using Plotly.NET;

namespace FashionNotebooks;

/// <summary>What all figures have in common.</summary>
/// <remarks>
/// Plotly.NET's typed layout is made for F#: from C# each optional argument would have to be written out. Its objects
/// are dynamic, so that properties of plotly.js can be set by name: https://plotly.com/javascript/reference/.
/// </remarks>
internal static class ChartStyle
{
    public const string TextColor = "#222222";

    /// <summary>Of a text that goes with an orange mark, whose own colour is too light for letters.</summary>
    public const string OrangeTextColor = "#a84300";

    /// <summary>Pixels that a figure is wide: little more than a phone has, so that it can be read there.</summary>
    public const int Width = 480;

    public const int TextSize = 14;

    /// <summary>One line of names above the drawing.</summary>
    public static object LegendAbove { get; } =
        new { orientation = "h", x = 0.5, xanchor = "center", y = 1.02, yanchor = "bottom" };

    /// <summary>The title of an axis, a little away from the numbers.</summary>
    public static object Title(string text) => new { text, standoff = 8 };

    /// <summary>Sets a property of plotly.js's layout.</summary>
    public static GenericChart WithLayoutProperty(this GenericChart chart, string name, object value)
    {
        GenericChart.getLayout(chart).SetProperty(name, value);
        return chart;
    }

    /// <summary>Sets a property of each of plotly.js's traces in the chart.</summary>
    public static GenericChart WithTraceProperty(this GenericChart chart, string name, object value)
    {
        foreach (Trace trace in GenericChart.getTraces(chart))
            trace.SetProperty(name, value);

        return chart;
    }

    /// <summary>Leaves out the buttons, which would cover the corner of a drawing that fills its frame.</summary>
    public static GenericChart WithoutModeBar(this GenericChart chart)
    {
        GenericChart.getConfig(chart).SetProperty("displayModeBar", false);
        return chart;
    }

    /// <summary>A text in the coordinates of the first pair of axes.</summary>
    public static object Text(double x, double y, string text, int size, string yanchor = "middle") =>
        new { x, y, text, showarrow = false, xanchor = "center", yanchor, font = new { size, color = TextColor } };

    /// <summary>A frame around pixels; pixel 0 reaches from -0.5 to 0.5. The axes are those with this number.</summary>
    public static object Rectangle(
        string axis, int left, int top, int right, int bottom, string color, string fillcolor, int width = 3) => new
        {
            type = "rect",
            xref = "x" + axis,
            yref = "y" + axis,
            x0 = left - 0.5,
            x1 = right - 0.5,
            y0 = top - 0.5,
            y1 = bottom - 0.5,
            line = new { color, width },
            fillcolor,
        };

    /// <summary>The chart as plotly.js takes it: data, layout and config.</summary>
    public static string ToSpecification(this GenericChart chart)
    {
        // White paper and dark text, whatever the editor's theme.
        chart.WithLayoutProperty("paper_bgcolor", "#ffffff")
            .WithLayoutProperty("plot_bgcolor", "#ffffff")
            .WithLayoutProperty("font", new { color = TextColor, size = TextSize });
        Config config = GenericChart.getConfig(chart);
        config.SetProperty("responsive", true);
        config.SetProperty("displaylogo", false);
        return GenericChart.toJson(chart);
    }
}
