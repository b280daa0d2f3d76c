using static System.FormattableString;
using static FashionNotebooks.ChartStyle;
using Mode = Plotly.NET.StyleParam.Mode;

namespace FashionNotebooks;

/// <summary>A kernel while it is trained: left its weights, right the loss with a dot that moves.</summary>
internal static class LearningChart
{
    // Milliseconds that each step is shown for.
    private const int Pace = 250;

    public static IDrawing Draw(double[][][] kernels, double[] losses, int every)
    {
        int[] steps = [.. losses.Select((_, index) => index * every)];
        GenericChart kernel = Chart.Heatmap<double, int, int, string>(kernels[0], ShowScale: false, UseDefaults: false)
            .WithTraces(new
            {
                zmin = -Largest(kernels),
                zmax = Largest(kernels),
                colorscale = Diverging,
                texttemplate = kernels[0].Length > 3 ? "" : "%{z:.2f}", // a larger one leaves them no room on a phone
                textfont = new { size = 12, color = TextColor },
                xgap = 2,
                ygap = 2,
                hovertemplate = "%{z:.4f}<extra></extra>",
            });
        GenericChart curve = Chart.Scatter<int, double, string>(steps, losses, Mode.Lines, UseDefaults: false)
            .WithTraces(new { line = new { color = "#0072b2" }, hovertemplate = "step %{x}: %{y:.4f}<extra></extra>" });
        GenericChart dot = Chart.Scatter<int, double, string>(
                steps[..1], losses[..1], Mode.Markers_Text, MultiText: new[] { Write(losses[0]) }, UseDefaults: false)
            .WithTraces(new
            {
                marker = new { color = Orange, size = 13 },
                textposition = "top right",
                textfont = new { color = OrangeTextColor },
                cliponaxis = false,
                hoverinfo = "skip",
            });
        GenericChart losing = Chart.Combine([curve, dot]).WithTraces(new { xaxis = "x2", yaxis = "y2" });
        object hidden = new { visible = false, fixedrange = true, constrain = "domain", domain = new[] { 0, 0.42 } };
        return new InteractiveDrawing(Chart.Combine([kernel, losing]), height: 400, width: null, new
        {
            xaxis = hidden,
            yaxis = new { visible = false, fixedrange = true, autorange = "reversed", scaleanchor = "x" },
            xaxis2 = new Dictionary<string, object>(Axis("Step")) { ["domain"] = new[] { 0.56, 1 }, ["anchor"] = "y2" },
            yaxis2 = new Dictionary<string, object>(Axis("")) { ["anchor"] = "x2", ["rangemode"] = "tozero" },
            annotations = new[] { Caption(0.21, 1.03, "Kernel"), Caption(0.78, 1.03, "Loss") },
            showlegend = false,
            updatemenus = new[] { PlayButton() },
            sliders = new[] { Slider(steps) },
            margin = new { l = 20, r = 50, t = 40, b = 150 },
        }, steps.Select((step, index) => Frame(step, kernels[index], losses[index])));
    }

    private static string Write(double loss) => Invariant($"{loss:G3}");

    private static object Frame(int step, double[][] kernel, double loss)
    {
        object dot = new { x = new[] { step }, y = new[] { loss }, text = new[] { Write(loss) } };
        return new { name = $"{step}", data = new[] { new { z = kernel }, dot }, traces = new[] { 0, 2 } };
    }

    // From the first step to the last.
    private static object PlayButton()
    {
        object play = new { label = "Play", method = "animate", args = new[] { null, Pacing(Pace) } };
        return new
        {
            type = "buttons",
            showactive = false,
            x = 0,
            xanchor = "left",
            y = 0,
            yanchor = "top",
            pad = new { t = 80 },
            buttons = new[] { play },
        };
    }

    private static object Slider(int[] steps) => new
    {
        x = 0.2,
        len = 0.8,
        pad = new { t = 58 },
        currentvalue = new { prefix = "Step " },
        steps = steps.Select(step => new
        {
            label = $"{step}",
            method = "animate",
            args = new[] { new[] { $"{step}" }, Pacing(0) },
        }),
    };

    private static object Pacing(int duration) =>
        new { mode = "immediate", frame = new { duration, redraw = true }, transition = new { duration = 0 } };
}
