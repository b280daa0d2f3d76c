using static System.FormattableString;
using static FashionNotebooks.ChartStyle;

namespace FashionNotebooks;

/// <summary>
/// One value of a convolution over many channels: each channel's map with the window, the kernel's slice for it and
/// what the two bring, and below all the sum. Places are pixels from the upper left corner.
/// </summary>
internal static class ChannelsChart
{
    private const int MostColumns = 4;
    private const int Pitch = ColumnWidth / MostColumns;
    private const int RowHeight = 132;
    private const int MapSize = 92;
    private const int KernelSize = 54;
    private const int Below = 66;

    public static IDrawing Draw(
        double[][][] maps, double[][][] kernel, double[] parts, double bias, int row, int column)
    {
        double largest = Largest(maps);
        double lowest = maps.Min(map => map.Min(values => values.Min())) < 0 ? -largest : 0;
        double heaviest = Largest(kernel);
        int columns = Math.Clamp(maps.Length, 2, MostColumns);
        (int width, int bottom) = (columns * Pitch, (maps.Length + columns - 1) / columns * RowHeight);
        List<GenericChart> pictures = [];
        List<object> frames = [];
        string sum = Invariant($"Sum {parts.Sum():F3} + bias {bias:F3} = <b>{parts.Sum() + bias:F3}</b>");
        List<object> texts =
        [
            Text(width / 2, bottom + 18, sum, size: 16, color: OrangeTextColor),
            Text(width / 2, bottom + 46, "Weights: orange positive, blue negative", size: 12),
        ];
        foreach ((int channel, double[][] map) in maps.Index())
        {
            (int left, int top) = ((channel % columns * Pitch) + 1, (channel / columns * RowHeight) + 20);
            int right = left + MapSize + 22;
            double pixel = MapSize / (double)Math.Max(map.Length, map[0].Length);
            double weight = KernelSize / (double)kernel[channel].Length;
            double window = pixel * kernel[channel].Length;
            pictures.Add(Picture(map, left, top, pixel, lowest, largest, lowest < 0 ? Signed : Grey));
            pictures.Add(Picture(kernel[channel], right, top, weight, -heaviest, heaviest, Diverging));
            frames.Add(Frame(left + (column * pixel), top + (row * pixel), window, Orange, 3));
            frames.Add(Frame(right, top, KernelSize, "#999999", 1));
            texts.Add(Text(left + (MapSize / 2), top - 9, $"Channel {channel}", size: 12));
            texts.Add(Text(right - 11, top + (KernelSize / 2), "×", TextSize));
            string part = Invariant($"= {Math.Round(parts[channel], 3) + 0.0:F3}"); // no -0.000
            texts.Add(Text(right + (KernelSize / 2), top + KernelSize + 16, part, TextSize));
        }

        return InPixels(Chart.Combine(pictures), width, low: bottom + Below, high: 0, texts, frames);
    }

    private static GenericChart Picture(
        double[][] values, int left, int top, double dx, double zmin, double zmax, object[] colorscale) =>
        Chart.Heatmap<double, int, int, string>(values, ShowScale: false, UseDefaults: false).WithTraces(new
        {
            x0 = left + (dx / 2),
            dx,
            y0 = top + (dx / 2),
            dy = dx,
            zmin,
            zmax,
            colorscale,
            hovertemplate = "%{z:.3f}<extra></extra>",
        });

    private static object Frame(double x0, double y0, double side, string color, int width) => new
    {
        type = "rect",
        x0,
        x1 = x0 + side,
        y0,
        y1 = y0 + side,
        line = new { color, width },
        fillcolor = Transparent,
    };
}
