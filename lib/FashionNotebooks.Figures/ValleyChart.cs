using static System.FormattableString;
using static FashionNotebooks.ChartStyle;
using Mode = Plotly.NET.StyleParam.Mode;

namespace FashionNotebooks;

/// <summary>The loss against one weight: a valley, and in it a dot with its tangent and the step downhill.</summary>
internal static class ValleyChart
{
    public static IDrawing Draw(
        double[] weights, double[] losses, double weight, double loss, double slope, double step, double? after)
    {
        (double first, double last) = (Math.Min(weights[0], weight), Math.Max(weights[^1], weight));
        (double low, double high) = (losses.Append(loss).Min(), losses.Append(loss).Max());
        (double width, double height) = (last - first, Math.Max(high - low, 1e-4 * Math.Abs(loss)));
        double half = Math.Min(0.2 * width, 0.3 * height / Math.Max(Math.Abs(slope), double.Epsilon));
        double rise = slope * half;
        double end = Math.Clamp(weight + step, first, last);
        List<GenericChart> marks =
        [
            Marks(weights, losses, new { line = new { color = "#0072b2", width = 2.5 } }),
            Marks([weight - half, weight + half], [loss - rise, loss + rise],
                new { line = new { color = TextColor, width = 2 } }),
            Marks([weight], [loss], new { mode = "markers", marker = new { color = Orange, size = 13 } }),
        ];
        if (after is { } lower)
        {
            // Only the end on the curve has a dot.
            object marker = new { color = "#ffffff", size = new[] { 0, 9 }, line = new { color = Orange, width = 2 } };
            marks.Add(Marks([end, end], [loss, lower],
                new { mode = "lines+markers", marker, line = new { color = Orange, width = 1.5, dash = "dot" } }));
        }

        List<object> labels =
        [
            Label(weight, loss, $"slope {Write(slope)}", isRight: slope >= 0, isAbove: false, TextColor),
            Label(weight, loss, $"step {Write(step)}", isRight: slope < 0, isAbove: true, OrangeTextColor),
        ];
        if (end != weight)
            labels.Add(Arrow(weight, loss, end, loss, Orange, arrowwidth: 3));

        // Around the dot, there is room for its labels.
        double[] across = [Math.Min(first - (0.03 * width), weight - (0.4 * width)),
            Math.Max(last + (0.03 * width), weight + (0.4 * width))];
        double[] upward = [Math.Min(low, loss - Math.Abs(rise)) - (0.15 * height),
            Math.Max(high, loss + Math.Abs(rise)) + (0.1 * height)];
        return new InteractiveDrawing(Chart.Combine(marks), height: 400, width: null, new
        {
            xaxis = new Dictionary<string, object>(Axis("Weight")) { ["range"] = across },
            yaxis = new Dictionary<string, object>(Axis("Loss")) { ["range"] = upward },
            annotations = labels,
            showlegend = false,
            margin = new { l = 60, r = 10, t = 10, b = 60 },
        });
    }

    private static GenericChart Marks(double[] x, double[] y, object properties) =>
        Chart.Scatter<double, double, string>(x, y, Mode.Lines, UseDefaults: false)
            .WithTraces(new { hovertemplate = "weight %{x:.4g}: %{y:.5g}<extra></extra>" })
            .WithTraces(properties);

    private static string Write(double number) =>
        Math.Abs(number) >= 0.1 ? Invariant($"{number:F2}") : Invariant($"{number:G2}");

    private static object Label(double x, double y, string text, bool isRight, bool isAbove, string color) => new
    {
        x,
        y,
        text,
        showarrow = false,
        xanchor = isRight ? "left" : "right",
        yanchor = isAbove ? "bottom" : "top",
        xshift = isRight ? 10 : -10,
        yshift = isAbove ? 6 : -6,
        font = new { size = TextSize, color },
    };
}
