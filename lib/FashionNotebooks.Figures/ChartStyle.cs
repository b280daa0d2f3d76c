using System.Reflection;
using System.Text.Json;

namespace FashionNotebooks;

/// <summary>What all figures have in common.</summary>
/// <remarks>
/// Plotly.NET's typed layout is made for F#: from C# each optional argument would have to be written out. Its objects
/// are dynamic, so that they take any property of plotly.js: https://plotly.com/javascript/reference/.
/// </remarks>
internal static class ChartStyle
{
    public const string TextColor = "#222222";

    /// <summary>Of a text that goes with an orange mark, whose own colour is too light for letters.</summary>
    public const string OrangeTextColor = "#a84300";

    /// <summary>Pixels that a figure is wide: little more than a phone has, so that it can be read there.</summary>
    public const int Width = 480;

    /// <summary>Pixels that a chart is wide where there is room: as wide as the text of a page.</summary>
    public const int ColumnWidth = 740;

    public const int TextSize = 14;

    public const string Orange = "#d55e00";
    public const string Transparent = "rgba(0,0,0,0)";

    /// <summary>Black to white.</summary>
    public static object[] Grey { get; } = Scale("#000000", "#ffffff");

    /// <summary>As grey, for values around 0, which is light enough for the dark text on it.</summary>
    public static object[] Signed { get; } = Scale("#000000", "#b8b8b8", "#ffffff");

    /// <summary>Blue below 0, white, orange above; dark text can be read on each.</summary>
    public static object[] Diverging { get; } = Scale("#56b4e9", "#ffffff", "#f0a040");

    /// <summary>One line of names above the drawing.</summary>
    public static object LegendAbove { get; } =
        new { orientation = "h", x = 0.5, xanchor = "center", y = 1.02, yanchor = "bottom" };

    /// <summary>An axis of numbers.</summary>
    public static Dictionary<string, object> Axis(string title) => new()
    {
        ["type"] = "linear",
        ["title"] = Title(title),
        ["gridcolor"] = "#e5e5e5",
        ["linecolor"] = "#666666",
        ["ticks"] = "outside",
        ["zeroline"] = false,
        ["automargin"] = true,
    };

    /// <summary>The title of an axis, a little away from the numbers.</summary>
    public static object Title(string text) => new { text, standoff = 8 };

    /// <summary>A text in the coordinates of the first pair of axes.</summary>
    public static object Text(
        double x, double y, string text, int size, string yanchor = "middle", string color = TextColor) =>
        new { x, y, text, showarrow = false, xanchor = "center", yanchor, font = new { size, color } };

    /// <summary>An arrow in the coordinates of the first pair of axes.</summary>
    public static object Arrow(
        double ax, double ay, double x, double y, string arrowcolor, double arrowwidth = 1.5) =>
        new { x, y, ax, ay, axref = "x", ayref = "y", arrowhead = 2, arrowwidth, arrowcolor };

    /// <summary>The largest of the values, without their signs.</summary>
    public static double Largest(double[][][] tables) => tables.Max(rows => rows.Max(row => row.Max(Math.Abs)));

    /// <summary>A text above a place, given in shares of the chart: 0 to 1, from its lower left corner.</summary>
    public static object Caption(double x, double y, string text, string color = TextColor) => new
    {
        x,
        y,
        text,
        xref = "paper",
        yref = "paper",
        xanchor = "center",
        yanchor = "bottom",
        showarrow = false,
        font = new { size = TextSize, color },
    };

    /// <summary>A chart in pixels, without axes. Places are counted from the left, and from low to high.</summary>
    public static IDrawing InPixels(GenericChart chart, int width, int low, int high,
        IEnumerable<object> annotations, IEnumerable<object>? shapes = null) =>
        new InteractiveDrawing(chart, Math.Abs(high - low), width, new
        {
            showlegend = false,
            hovermode = "closest",
            xaxis = new { visible = false, fixedrange = true, range = new[] { 0, width } },
            yaxis = new { visible = false, fixedrange = true, range = new[] { low, high } },
            annotations,
            shapes = shapes ?? [],
            margin = new { l = 0, r = 0, t = 0, b = 0 },
        });

    /// <summary>Sets properties of each trace in the chart, those of an anonymous object.</summary>
    public static GenericChart WithTraces(this GenericChart chart, object properties)
    {
        foreach (Trace trace in GenericChart.getTraces(chart))
            Set(trace, properties);

        return chart;
    }

    /// <summary>The chart as plotly.js takes it: data, layout and config.</summary>
    public static string ToSpecification(
        this GenericChart chart, int height, int? width, object layout, object? frames = null)
    {
        Layout all = GenericChart.getLayout(chart);
        Set(all, layout);
        if (width is not null)
            Set(all, new { width, autosize = false });

        // White paper and dark text, whatever the editor's theme.
        const string White = "#ffffff";
        var font = new { color = TextColor, size = TextSize };
        Set(all, new { height, paper_bgcolor = White, plot_bgcolor = White, font });
        // Jupyter has MathJax on its pages, which would take a name with two dollars for a formula.
        Set(GenericChart.getConfig(chart), new { responsive = true, displayModeBar = false, typesetMath = false });
        string specification = GenericChart.toJson(chart);
        return frames is null ? specification
            : $"{specification[..^1]},\"frames\":{JsonSerializer.Serialize(frames)}}}";
    }

    /// <summary>HTML on a card that is white, as the charts are, in any theme.</summary>
    public static string OnCard(string html) => $"""
        <div style="box-sizing: border-box; width: fit-content; max-width: 100%; padding: 12px; overflow-x: auto;
                    border-radius: 8px; background: #fff; color: {TextColor}; color-scheme: light">
        {html}
        </div>
        """;

    private static object[] Scale(params string[] colors) =>
        [.. colors.Select((color, index) => new object[] { index / (colors.Length - 1.0), color })];

    private static void Set(DynamicObj.DynamicObj target, object properties)
    {
        foreach (PropertyInfo property in properties.GetType().GetProperties())
            target.SetProperty(property.Name, property.GetValue(properties));
    }
}
