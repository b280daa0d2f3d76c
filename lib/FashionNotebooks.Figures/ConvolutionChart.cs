using static FashionNotebooks.ChartStyle;

namespace FashionNotebooks;

/// <summary>
/// A kernel that slides over a row of an image: above the image with the kernel's window and the feature map up to
/// there, below the pixels of the window times the weights. A slider chooses the place.
/// </summary>
internal sealed class ConvolutionChart(double[][] image, double[][] kernel, int row, int column)
{
    private const string Cover = "#cfe4f5";
    private readonly int size = kernel.Length;

    public IDrawing Draw()
    {
        IEnumerable<int> places = Enumerable.Range(0, image[0].Length - size + 1);
        double[][] map = [.. Enumerable.Range(0, image.Length - size + 1)
            .Select(y => places.Select(x => Products(y, x).Sum(products => products.Sum())).ToArray())];
        (double largest, double heaviest) = (Largest([map]), Largest([kernel]));
        GenericChart pictures = Chart.Combine(
        [
            Picture("", image, 0, 1, [0, 0.46], [0.375, 1]),
            Picture("2", map, -largest, largest, [0.54, 1], [0.375, 1]),
            WithNumbers(Picture("3", Window(row, column), 0, 1, [0, 0.24], [0, 0.3])),
            WithNumbers(Picture("4", kernel, -heaviest, heaviest, [0.3, 0.54], [0, 0.3])),
            WithNumbers(Picture("5", Products(row, column), -heaviest, heaviest, [0.6, 0.84], [0, 0.3])),
        ]);
        return new InteractiveDrawing(pictures, height: 470, Width, new
        {
            annotations = Captions(map[row][column]),
            shapes = Shapes(map[0].Length, map.Length),
            sliders = new[] { Slider(map[row]) },
            margin = new { l = 10, r = 10, t = 34, b = 90 },
        });
    }

    // The pixels below the kernel at a place.
    private double[][] Window(int y, int x) => [.. image[y..(y + size)].Select(pixels => pixels[x..(x + size)])];

    // Each of these pixels times its weight, to four digits.
    private double[][] Products(int y, int x) => [.. Window(y, x).Zip(kernel, (pixels, weights) =>
        pixels.Zip(weights, (pixel, weight) => Math.Round(pixel * weight, 4)).ToArray())];

    // Numbers as shades, row 0 on top, on axes of their own; across and upward are shares of the chart.
    private static GenericChart Picture(
        string axis, double[][] values, double black, double white, double[] across, double[] upward)
    {
        GenericChart picture = Chart.Heatmap<double, int, int, string>(values, ShowScale: false, UseDefaults: false)
            .WithTraces(new
            {
                xaxis = "x" + axis,
                yaxis = "y" + axis,
                zmin = black,
                zmax = white,
                colorscale = black < 0 ? Signed : Grey,
                hovertemplate = "row %{y}, column %{x}: %{z:.2f}<extra></extra>",
            });
        Layout layout = GenericChart.getLayout(picture);
        layout.SetProperty("xaxis" + axis, Axis(across, [-0.5, values[0].Length - 0.5], "y" + axis));
        layout.SetProperty("yaxis" + axis, Axis(upward, [values.Length - 0.5, -0.5], "x" + axis));
        return picture;
    }

    private static object Axis(double[] domain, double[] range, string anchor) =>
        new { domain, range, anchor, visible = false, fixedrange = true };

    // A larger kernel leaves no room for numbers; they still stand beside the pointer.
    private GenericChart WithNumbers(GenericChart picture) => size > 4 ? picture : picture.WithTraces(
        new { texttemplate = "%{z:.2f}", textfont = new { size = 11 }, xgap = 2, ygap = 2 });

    // Each step changes the tables of pixels and products, the window, the place on the map, the cover and the sum.
    private object Slider(double[] sums) => new
    {
        active = column,
        pad = new { t = 15, b = 0, l = 10, r = 10 },
        currentvalue = new { prefix = $"Window: row {row}, column " },
        steps = sums.Select((sum, x) => new
        {
            label = $"{x}",
            method = "update",
            args = new object[]
            {
                new { z = new[] { Window(row, x), Products(row, x) } },
                new Dictionary<string, object>
                {
                    ["shapes[0].x0"] = x - 0.5,
                    ["shapes[0].x1"] = x + size - 0.5,
                    ["shapes[1].x0"] = x + 0.5,
                    ["shapes[3].x0"] = x - 0.5,
                    ["shapes[3].x1"] = x + 0.5,
                    ["annotations[0].text"] = Bold(sum),
                },
                new[] { 2, 4 },
            },
        }),
    };

    // The window on the image, its sum on the map, a cover over all that comes later, and a frame around each table.
    private object[] Shapes(int width, int height) =>
    [
        Rectangle("", column, row, column + size, row + size, Orange, Transparent),
        Rectangle("2", column + 1, row, width, row + 1, Cover, Cover, line: 0),
        Rectangle("2", 0, row + 1, width, height, Cover, Cover, line: 0),
        Rectangle("2", column, row, column + 1, row + 1, Orange, Transparent),
        .. new[] { "3", "4", "5" }.Select(table => Rectangle(table, 0, 0, size, size, "#999999", Transparent)),
    ];

    // Pixel 0 reaches from -0.5 to 0.5.
    private static object Rectangle(
        string axis, int left, int top, int right, int bottom, string color, string fillcolor, int line = 3) => new
        {
            type = "rect",
            xref = "x" + axis,
            yref = "y" + axis,
            x0 = left - 0.5,
            x1 = right - 0.5,
            y0 = top - 0.5,
            y1 = bottom - 0.5,
            line = new { color, width = line },
            fillcolor,
        };

    private static object[] Captions(double sum) =>
    [
        Caption(0.93, 0.09, Bold(sum), OrangeTextColor), Caption(0.93, 0.15, "Sum"),
        Caption(0.23, 1, "Image"), Caption(0.77, 1, "Feature map, up to here"),
        Caption(0.12, 0.3, "Pixels"), Caption(0.42, 0.3, "Weights"), Caption(0.72, 0.3, "Products"),
        Caption(0.27, 0.12, "×"), Caption(0.57, 0.12, "="),
    ];

    private static string Bold(double sum) => FormattableString.Invariant($"<b>{sum:F2}</b>");
}
