using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>
/// A kernel that slides over a row of an image: above the image with the kernel's window and the feature map up to
/// there, below the pixels of the window times the weights. A slider chooses the place.
/// </summary>
internal static class ConvolutionChart
{
    private const string Orange = "#d55e00";
    private const string Cover = "#cfe4f5";
    private const string Nothing = "rgba(0,0,0,0)";

    private static readonly object[] Grey = [new object[] { 0, "#000000" }, new object[] { 1, "#ffffff" }];

    // Zero is light enough for the dark text on it.
    private static readonly object[] Signed = [Grey[0], new object[] { 0.5, "#b8b8b8" }, Grey[1]];

    /// <param name="image">Rows of pixels from 0 (black) to 1 (white).</param>
    /// <param name="kernel">Rows of weights.</param>
    /// <param name="row">The image's row where the window's upper edge stands.</param>
    /// <param name="column">The column of its left edge at first.</param>
    public static string Draw(double[][] image, double[][] kernel, int row, int column)
    {
        int size = kernel.Length;
        double[][] map =
        [
            .. Enumerable.Range(0, image.Length - size + 1).Select(y => (double[])[
                .. Enumerable.Range(0, image[0].Length - size + 1)
                    .Select(x => Products(image, kernel, y, x).Sum(products => products.Sum()))]),
        ];
        double largest = map.Max(values => values.Max(Math.Abs));
        double heaviest = kernel.Max(weights => weights.Max(Math.Abs));
        GenericChart[] pictures =
        [
            Picture(image, "", 0, 1),
            Picture(map, "2", -largest, largest),
            Picture(Window(image, size, row, column), "3", 0, 1),
            Picture(kernel, "4", -heaviest, heaviest),
            Picture(Products(image, kernel, row, column), "5", -heaviest, heaviest),
        ];
        foreach (GenericChart table in pictures[2..])
        {
            table.WithTraceProperty("texttemplate", "%{z:.2f}").WithTraceProperty("textfont", new { size = 11 })
                .WithTraceProperty("xgap", 2).WithTraceProperty("ygap", 2);
        }

        GenericChart chart = Chart.Combine(pictures)
            .WithLayoutProperty("annotations", Labels(map[row][column]))
            .WithLayoutProperty("shapes", Shapes(map, size, row, column))
            .WithLayoutProperty("sliders", new[]
            {
                new
                {
                    active = column,
                    pad = new { t = 15, b = 0, l = 10, r = 10 },
                    currentvalue = new { prefix = $"Window: row {row}, column " },
                    steps = map[row].Select((sum, x) => new
                    {
                        label = $"{x}",
                        method = "update",
                        args = new object[]
                        {
                            new { z = new[] { Window(image, size, row, x), Products(image, kernel, row, x) } },
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
                    }).ToArray(),
                },
            })
            .WithLayoutProperty("margin", new { l = 10, r = 10, t = 34, b = 90 })
            .WithLayoutProperty("width", ChartStyle.Width)
            .WithLayoutProperty("height", 470)
            .WithoutModeBar();
        (string Axis, double Left, double Right, double Low, double High, double[][] Values)[] places =
        [
            ("", 0, 0.46, 0.375, 1, image), ("2", 0.54, 1, 0.375, 1, map),
            ("3", 0, 0.24, 0, 0.3, kernel), ("4", 0.3, 0.54, 0, 0.3, kernel), ("5", 0.6, 0.84, 0, 0.3, kernel),
        ];
        foreach ((string axis, double left, double right, double low, double high, double[][] values) in places)
        {
            chart.WithLayoutProperty("xaxis" + axis, Axis([left, right], [-0.5, values[0].Length - 0.5], "y" + axis))
                .WithLayoutProperty("yaxis" + axis, Axis([low, high], [values.Length - 0.5, -0.5], "x" + axis));
        }

        return chart.ToSpecification();
    }

    private static GenericChart Picture(double[][] values, string axis, double black, double white) =>
        Chart.Heatmap<double, int, int, string>(values, ShowScale: false, UseDefaults: false)
            .WithTraceProperty("xaxis", "x" + axis)
            .WithTraceProperty("yaxis", "y" + axis)
            .WithTraceProperty("zmin", black)
            .WithTraceProperty("zmax", white)
            .WithTraceProperty("colorscale", black < 0 ? Signed : Grey)
            .WithTraceProperty("hovertemplate", "row %{y}, column %{x}: %{z:.2f}<extra></extra>");

    private static object Axis(double[] domain, double[] range, string anchor) =>
        new { domain, range, anchor, visible = false, fixedrange = true };

    private static double[][] Window(double[][] image, int size, int row, int column) =>
        [.. image[row..(row + size)].Select(pixels => pixels[column..(column + size)])];

    private static double[][] Products(double[][] image, double[][] kernel, int row, int column) =>
    [
        .. Window(image, kernel.Length, row, column).Zip(kernel, (pixels, weights) =>
            (double[])[.. pixels.Zip(weights, (pixel, weight) => Math.Round(pixel * weight, 4))]),
    ];

    // The window on the image, its sum on the map, a cover over all that comes later, and a frame around each table.
    private static object[] Shapes(double[][] map, int size, int row, int column) =>
    [
        ChartStyle.Rectangle("", column, row, column + size, row + size, Orange, Nothing),
        ChartStyle.Rectangle("2", column + 1, row, map[0].Length, row + 1, Cover, Cover, width: 0),
        ChartStyle.Rectangle("2", 0, row + 1, map[0].Length, map.Length, Cover, Cover, width: 0),
        ChartStyle.Rectangle("2", column, row, column + 1, row + 1, Orange, Nothing),
        .. new[] { "3", "4", "5" }.Select(table => ChartStyle.Rectangle(table, 0, 0, size, size, "#999999", Nothing)),
    ];

    private static object[] Labels(double sum) =>
    [
        Label(0.93, 0.09, Bold(sum), ChartStyle.OrangeTextColor), Label(0.93, 0.15, "Sum"),
        Label(0.23, 1, "Image"), Label(0.77, 1, "Feature map, up to here"), Label(0.12, 0.3, "Pixels"),
        Label(0.42, 0.3, "Weights"), Label(0.72, 0.3, "Products"), Label(0.27, 0.12, "×"), Label(0.57, 0.12, "="),
    ];

    private static string Bold(double sum) => FormattableString.Invariant($"<b>{sum:F2}</b>");

    private static object Label(double x, double y, string text, string color = ChartStyle.TextColor) => new
    {
        x,
        y,
        text,
        xref = "paper",
        yref = "paper",
        xanchor = "center",
        yanchor = "bottom",
        showarrow = false,
        font = new { size = ChartStyle.TextSize, color },
    };
}
