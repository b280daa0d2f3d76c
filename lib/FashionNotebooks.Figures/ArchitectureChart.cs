using static FashionNotebooks.ChartStyle;
using Fill = Plotly.NET.StyleParam.Fill;
using Mode = Plotly.NET.StyleParam.Mode;

namespace FashionNotebooks;

/// <summary>
/// A network as a row of blocks. Feature maps are boxes, as high and deep as the maps and as thick as there are
/// channels; vectors are bars.
/// </summary>
internal static class ArchitectureChart
{
    private const int Below = 140;
    private const int Above = 190;
    private const double LabelDistance = 80;
    private const double LabelStep = 40;

    public static IDrawing Draw(IReadOnlyList<(string Operation, int[] Shape)> stages)
    {
        Block[] blocks = [.. stages.Select(stage => new Block(stage.Operation, stage.Shape))];
        double gap = (Width - 80 - blocks.Sum(block => block.Width)) / (blocks.Length - 1);
        var faces = new List<GenericChart>();
        var annotations = new List<object>();
        double x = 40;
        foreach ((int index, Block block) in blocks.Index())
        {
            faces.AddRange(block.Faces(x));
            double center = x + (block.Width / 2);
            double y = LabelDistance + (index % 2 * LabelStep); // two heights, so that neighbours do not meet
            annotations.Add(Text(center, y, block.Lines, TextSize, yanchor: "bottom"));
            annotations.Add(Text(center, -y, $"<b>{block.Shape}</b>", TextSize));
            if (index > 0)
                annotations.Add(Arrow(x - gap + 4, x - 3));

            x += block.Width + gap;
        }

        return new InteractiveDrawing(Chart.Combine(faces).WithoutModeBar(), height: Below + Above, Width, new
        {
            showlegend = false,
            hovermode = "closest",
            xaxis = new { visible = false, range = new[] { 0, Width } },
            yaxis = new { visible = false, range = new[] { -Below, Above } },
            annotations,
            margin = new { l = 0, r = 0, t = 0, b = 0 },
        });
    }

    private static object Arrow(double from, double to) => new
    {
        x = to,
        y = 0,
        ax = from,
        ay = 0,
        xref = "x",
        yref = "y",
        axref = "x",
        ayref = "y",
        showarrow = true,
        arrowhead = 2,
        arrowwidth = 1.5,
        arrowcolor = "#666666",
        text = "",
    };

    private sealed class Block(string operation, int[] shape)
    {
        private readonly (double Thickness, double Extent, double Depth) size = shape is [int channels, int height, _]
            ? (3 + (0.5 * channels), 5 + (3 * height), 0.3 * (5 + (3 * height)))
            : (8, 3 * Math.Sqrt(shape[0]), 0);

        public double Width => size.Thickness + size.Depth;

        public string Lines => operation.Replace(", ", "<br>").Replace("Average ", "Average<br>");

        public string Shape => string.Join("×", shape);

        /// <summary>Front, top and side, the whole centered around y = 0.</summary>
        public IEnumerable<GenericChart> Faces(double left)
        {
            (double thickness, double extent, double depth) = size;
            double right = left + thickness;
            double bottom = -(extent + depth) / 2;
            double top = bottom + extent;
            (string dark, string middle, string light) = Colors();
            yield return Face([left, right, right, left], [bottom, bottom, top, top], middle);
            if (depth == 0)
                yield break;

            yield return Face([left, right, right + depth, left + depth], [top, top, top + depth, top + depth], light);
            yield return Face(
                [right, right + depth, right + depth, right], [bottom, bottom + depth, top + depth, top], dark);
        }

        private GenericChart Face(double[] x, double[] y, string color) =>
            Chart.Scatter<double, double, string>(
                    [.. x, x[0]], [.. y, y[0]], Mode.Lines, Fill: Fill.ToSelf, FillColor: Color.fromString(color),
                    LineColor: Color.fromString("#ffffff"), LineWidth: 1, UseDefaults: false)
                .WithTraces(new { hoveron = "fills", hoverinfo = "text", text = $"{operation}: {Shape}" });

        // From the palette of Okabe and Ito, which the colour-blind can tell apart.
        private (string Dark, string Middle, string Light) Colors() => operation.Split(' ', ',')[0] switch
        {
            "Conv" => ("#00598b", "#0072b2", "#66aad1"),
            "Average" => ("#b87f00", "#e69f00", "#f3cf80"),
            "Linear" => ("#007a59", "#009e73", "#66c5ab"),
            _ => ("#777777", "#999999", "#c2c2c2"),
        };
    }
}
