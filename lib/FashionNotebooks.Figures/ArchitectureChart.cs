using static FashionNotebooks.ChartStyle;
using Fill = Plotly.NET.StyleParam.Fill;
using Mode = Plotly.NET.StyleParam.Mode;

namespace FashionNotebooks;

/// <summary>
/// A network as a row of blocks. Feature maps are boxes, as high and deep as the maps and as thick as there are
/// channels, up to a size; vectors are bars.
/// </summary>
internal static class ArchitectureChart
{
    private const int Below = 140;
    private const int LabelDistance = 80;

    public static IDrawing Draw(IReadOnlyList<(string Operation, int[] Shape)> stages)
    {
        Block[] blocks = [.. stages.Select(stage => new Block(stage.Operation, stage.Shape))];
        int step = Math.Max(40, 18 * blocks.Where((_, index) => index % 2 == 0).Max(block => block.Lines.Length));
        int above = LabelDistance + step + 16 + (18 * Math.Max(3, blocks.Max(block => block.Lines.Length)));
        double thickness = blocks.Sum(block => block.Width);
        double gap = Math.Max((Width - 80 - thickness) / Math.Max(1, blocks.Length - 1), LeastGap(blocks));
        int width = Math.Max(Width, (int)(80 + thickness + (gap * (blocks.Length - 1))));
        var faces = new List<GenericChart>();
        var annotations = new List<object>();
        double x = 40;
        foreach ((int index, Block block) in blocks.Index())
        {
            faces.AddRange(block.Faces(x));
            double center = x + (block.Width / 2);
            double y = LabelDistance + (index % 2 * step); // two heights, so that neighbours do not meet
            annotations.Add(Text(center, y, PlainText.ToMarkup(block.Lines), TextSize, yanchor: "bottom"));
            annotations.Add(Text(center, -LabelDistance - (index % 2 * 40), $"<b>{block.Shape}</b>", TextSize));
            if (index > 0)
                annotations.Add(Arrow(x - gap + 4, x - 3));

            x += block.Width + gap;
        }

        return new InteractiveDrawing(Chart.Combine(faces).WithoutModeBar(), height: Below + above, width, new
        {
            showlegend = false,
            hovermode = "closest",
            xaxis = new { visible = false, range = new[] { 0, width } },
            yaxis = new { visible = false, range = new[] { -Below, above } },
            annotations,
            margin = new { l = 0, r = 0, t = 0, b = 0 },
        });
    }

    // Every second label is at the same height.
    private static double LeastGap(Block[] blocks) => blocks.Zip(blocks.Skip(1), blocks.Skip(2))
        .Select(row => (row.First.Beyond + row.Third.Beyond + 8 - row.Second.Width) / 2).Append(20).Max();

    private static object Arrow(double from, double to) => new
    {
        x = to,
        y = 0,
        ax = from,
        ay = 0,
        axref = "x",
        ayref = "y",
        arrowhead = 2,
        arrowwidth = 1.5,
        arrowcolor = "#666666",
    };

    private sealed class Block(string operation, int[] shape)
    {
        private readonly (double Thickness, double Extent, double Depth) size = shape is [int channels, int height, _]
            ? (3 + Math.Min(0.5 * channels, 4 * Math.Sqrt(channels)), Extent(height), 0.3 * Extent(height))
            : (8, Math.Min(140, 3 * Math.Sqrt(shape.Aggregate(1L, (product, length) => product * length))), 0);

        public double Width => size.Thickness + size.Depth;

        public string[] Lines { get; } = PlainText.Wrap(operation.Replace(", ", "\n"), width: 6);

        public string Shape => string.Join("×", shape);

        /// <summary>How far its labels reach beyond it to either side.</summary>
        public double Beyond => ((TextSize * Lines.Append(Shape).Max(PlainText.Width)) - Width) / 2;

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
                .WithTraces(
                    new { hoveron = "fills", hoverinfo = "text", text = PlainText.ToMarkup($"{operation}: {Shape}") });

        private static double Extent(int height) => 5 + (3 * Math.Min(height, 32));

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
