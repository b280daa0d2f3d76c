using BigGustave;
using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>Grey images on one picture, with a title above each.</summary>
internal static class ImageGridChart
{
    private const int Width = 960;
    private const int WidestImage = 150;
    private const int Gap = 4;
    private const int LineHeight = 16;
    private const byte White = 255;

    public static GenericChart Draw(IReadOnlyList<byte[][]> images, IReadOnlyList<string> titles, int columns)
    {
        int imageHeight = images[0].Length;
        int imageWidth = images[0][0].Length;
        int cellWidth = Math.Min(Width / columns, WidestImage);
        int scale = Math.Max(1, (cellWidth - Gap) / imageWidth);
        int titleHeight = LineHeight * titles.Max(title => title.Split('\n').Length);
        int cellHeight = titleHeight + (scale * imageHeight) + Gap;
        int rows = (images.Count + columns - 1) / columns;
        int width = Math.Max(cellWidth, (scale * imageWidth) + Gap) * columns;
        int height = cellHeight * rows;

        var pixels = new byte[height][];
        for (int y = 0; y < height; y++)
            pixels[y] = [.. Enumerable.Repeat(White, width)];

        var annotations = new List<object>();
        for (int i = 0; i < images.Count; i++)
        {
            int left = (i % columns * (width / columns)) + (((width / columns) - (scale * imageWidth)) / 2);
            int top = (i / columns * cellHeight) + titleHeight;
            Copy(images[i], pixels, left, top, scale);
            annotations.Add(ChartStyle.Text(
                left + (scale * imageWidth / 2.0), top, titles[i].Replace("\n", "<br>"), size: 10, yAnchor: "bottom"));
        }

        return Chart.Image<int>(Source: ToDataUri(pixels), UseDefaults: false)
            .WithTraceProperty("hoverinfo", "skip")
            .WithLayoutProperty("xaxis", new { visible = false, range = new[] { -0.5, width - 0.5 } })
            .WithLayoutProperty("yaxis", new { visible = false, range = new[] { height - 0.5, -0.5 } })
            .WithLayoutProperty("annotations", annotations)
            .WithLayoutProperty("margin", new { l = 0, r = 0, t = 0, b = 0 })
            .WithLayoutProperty("width", width)
            .WithLayoutProperty("height", height)
            .WithoutModeBar();
    }

    private static void Copy(byte[][] image, byte[][] pixels, int left, int top, int scale)
    {
        for (int y = 0; y < image.Length * scale; y++)
        {
            for (int x = 0; x < image[0].Length * scale; x++)
                pixels[top + y][left + x] = image[y / scale][x / scale];
        }
    }

    private static string ToDataUri(byte[][] pixels)
    {
        // Without an alpha channel BigGustave 1.0.6 writes a palette, a wrong one for 17 to 255 colours.
        PngBuilder png = PngBuilder.Create(pixels[0].Length, pixels.Length, hasAlphaChannel: true);
        for (int y = 0; y < pixels.Length; y++)
        {
            for (int x = 0; x < pixels[y].Length; x++)
                png.SetPixel(pixels[y][x], pixels[y][x], pixels[y][x], x, y);
        }

        return "data:image/png;base64," + Convert.ToBase64String(png.Save());
    }
}
