using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;
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
        double gap = (ChartStyle.Width - 80 - blocks.Sum(block => block.Width)) / (blocks.Length - 1);
        var faces = new List<GenericChart>();
        var annotations = new List<object>();
        double x = 40;
        foreach ((int index, Block block) in blocks.Index())
        {
            faces.AddRange(block.Faces(x));
            double center = x + (block.Width / 2);
            double y = LabelDistance + (index % 2 * LabelStep); // two heights, so that neighbours do not meet
            annotations.Add(ChartStyle.Text(center, y, block.Lines, ChartStyle.TextSize, yanchor: "bottom"));
            annotations.Add(ChartStyle.Text(center, -y, $"<b>{block.ShapeText}</b>", ChartStyle.TextSize));
            if (index > 0)
                annotations.Add(Arrow(x - gap + 4, x - 3));

            x += block.Width + gap;
        }

        return Chart.Combine(faces)
            .WithoutModeBar()
            .ToDrawing(height: Below + Above, ChartStyle.Width, new
            {
                showlegend = false,
                hovermode = "closest",
                xaxis = new { visible = false, range = new[] { 0, ChartStyle.Width } },
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

    private sealed record Block(string Operation, int[] Shape)
    {
        private bool IsMap => Shape.Length == 3;

        private double Thickness => IsMap ? 3 + (0.5 * Shape[0]) : 8;

        private double Extent => IsMap ? 5 + (3 * Shape[1]) : 3 * Math.Sqrt(Shape[0]);

        private double Depth => IsMap ? 0.3 * Extent : 0;

        public double Width => Thickness + Depth;

        public string Lines => Operation.Replace(", ", "<br>").Replace("Average ", "Average<br>");

        public string ShapeText => string.Join("×", Shape);

        /// <summary>Front, top and side, the whole centered around y = 0.</summary>
        public IEnumerable<GenericChart> Faces(double left)
        {
            double right = left + Thickness;
            double bottom = -(Extent + Depth) / 2;
            double top = bottom + Extent;
            (string dark, string middle, string light) = Colors();
            yield return Face([left, right, right, left], [bottom, bottom, top, top], middle);
            if (Depth == 0)
                yield break;

            yield return Face([left, right, right + Depth, left + Depth], [top, top, top + Depth, top + Depth], light);
            yield return Face(
                [right, right + Depth, right + Depth, right], [bottom, bottom + Depth, top + Depth, top], dark);
        }

        private GenericChart Face(double[] x, double[] y, string color) =>
            Chart.Scatter<double, double, string>(
                    [.. x, x[0]], [.. y, y[0]], Mode.Lines, Fill: Fill.ToSelf, FillColor: Color.fromString(color),
                    LineColor: Color.fromString("#ffffff"), LineWidth: 1, UseDefaults: false)
                .WithTraces(new { hoveron = "fills", hoverinfo = "text", text = $"{Operation}: {ShapeText}" });

        // From the palette of Okabe and Ito, which the colour-blind can tell apart.
        private (string Dark, string Middle, string Light) Colors() => Operation.Split(' ', ',')[0] switch
        {
            "Conv" => ("#00598b", "#0072b2", "#66aad1"),
            "Average" => ("#b87f00", "#e69f00", "#f3cf80"),
            "Linear" => ("#007a59", "#009e73", "#66c5ab"),
            _ => ("#777777", "#999999", "#c2c2c2"),
        };
    }
}
