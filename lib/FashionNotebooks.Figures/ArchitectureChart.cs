using static FashionNotebooks.ChartStyle;
using Fill = Plotly.NET.StyleParam.Fill;
using Mode = Plotly.NET.StyleParam.Mode;

namespace FashionNotebooks;

/// <summary>
/// Networks as rows of blocks. Feature maps are boxes, as high and deep as the maps and as thick as there are channels,
/// up to a size; vectors are bars. Stages of the same number stand below each other.
/// </summary>
internal static class ArchitectureChart
{
    private const int Below = 140;
    private const int LabelDistance = 80;

    public static IDrawing Draw(IReadOnlyList<(string Name, IReadOnlyList<NetworkStage> Stages)> networks)
    {
        Block[][] rows = [.. networks.Select(network =>
            network.Stages.Select(stage => new Block(stage.Operation, stage.Shape)).ToArray())];
        double[] columns = [.. Enumerable.Range(0, rows.Max(row => row.Length))
            .Select(index => rows.Where(row => index < row.Length).Max(row => row[index].Width))];
        int step = Math.Max(40, 18 * Lines(rows.SelectMany(row => row.Where((_, index) => index % 2 == 0))));
        int above = LabelDistance + step + 16 + (18 * Math.Max(3, Lines(rows.SelectMany(row => row))));
        double gap = Math.Max((Width - 80 - columns.Sum()) / Math.Max(1, columns.Length - 1), rows.Max(LeastGap));
        int width = Math.Max(Width, (int)(80 + columns.Sum() + (gap * (columns.Length - 1))));
        int rowHeight = above + Below + (rows.Length > 1 ? 30 : 0);
        int top = rowHeight - Below;
        var faces = new List<GenericChart>();
        var annotations = new List<object>();
        foreach ((int row, Block[] blocks) in rows.Index())
        {
            int middle = -row * rowHeight;
            if (networks[row].Name is not "" and var name)
                annotations.Add(Text(width / 2.0, middle + above + 10, PlainText.ToMarkup(name), size: 17));

            double left = 40;
            foreach ((int index, Block block) in blocks.Index())
            {
                double center = left + (columns[index] / 2);
                faces.AddRange(block.Faces(center - (block.Width / 2), middle));
                Block?[] others = [.. rows.Select(each => each.ElementAtOrDefault(index))];
                annotations.AddRange(Labels(block, others, center, middle, index % 2, step));
                if (index > 0)
                    annotations.Add(Arrow(left - gap + 4, middle, left - 3, middle, "#666666"));

                left += columns[index] + gap;
            }
        }

        return InPixels(Chart.Combine(faces), width, low: top - (rows.Length * rowHeight), high: top, annotations);
    }

    private static int Lines(IEnumerable<Block> blocks) => blocks.Max(block => block.Lines.Length);

    // At two heights, so that neighbours do not meet; orange where another network has something else.
    private static object[] Labels(Block block, Block?[] others, double center, int middle, int height, int step)
    {
        string Color(Func<Block, string> read) =>
            others.All(other => other is not null && read(other) == read(block)) ? TextColor : OrangeTextColor;
        string operation = PlainText.ToMarkup(block.Lines);
        return
        [
            Text(center, middle + LabelDistance + (height * step), operation, TextSize, "bottom",
                Color(each => PlainText.ToMarkup(each.Lines))),
            Text(center, middle - LabelDistance - (height * 40), $"<b>{block.Shape}</b>", TextSize,
                color: Color(each => each.Shape)),
        ];
    }

    /// <summary>Of a stage, from the palette of Okabe and Ito, which the colour-blind can tell apart.</summary>
    internal static (string Dark, string Middle, string Light) Colors(string operation) =>
        operation.Split(' ', ',')[0] switch
        {
            "Conv" => ("#00598b", "#0072b2", "#66aad1"),
            "Average" => ("#b87f00", "#e69f00", "#f3cf80"),
            "Linear" => ("#007a59", "#009e73", "#66c5ab"),
            _ => ("#777777", "#999999", "#c2c2c2"),
        };

    // Every second label is at the same height.
    private static double LeastGap(Block[] blocks) => blocks.Zip(blocks.Skip(1), blocks.Skip(2))
        .Select(row => (row.First.Beyond + row.Third.Beyond + 8 - row.Second.Width) / 2).Append(20).Max();

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

        /// <summary>Front, top and side, the whole centered around a height.</summary>
        public IEnumerable<GenericChart> Faces(double left, int middle)
        {
            (double thickness, double extent, double depth) = size;
            double right = left + thickness;
            double bottom = middle - ((extent + depth) / 2);
            double top = bottom + extent;
            (string side, string front, string roof) = Colors(operation);
            yield return Face([left, right, right, left], [bottom, bottom, top, top], front);
            if (depth == 0)
                yield break;

            yield return Face([left, right, right + depth, left + depth], [top, top, top + depth, top + depth], roof);
            yield return Face(
                [right, right + depth, right + depth, right], [bottom, bottom + depth, top + depth, top], side);
        }

        private GenericChart Face(double[] x, double[] y, string color) =>
            Chart.Scatter<double, double, string>(
                    [.. x, x[0]], [.. y, y[0]], Mode.Lines, Fill: Fill.ToSelf, FillColor: Color.fromString(color),
                    LineColor: Color.fromString("#ffffff"), LineWidth: 1, UseDefaults: false)
                .WithTraces(
                    new { hoveron = "fills", hoverinfo = "text", text = PlainText.ToMarkup($"{operation}: {Shape}") });

        private static double Extent(int height) => 5 + (3 * Math.Min(height, 32));
    }
}
