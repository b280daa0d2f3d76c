using Plotly.NET;
using StbImageWriteSharp;
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

    // The picture has one pixel for each pixel of an image; plotly.js enlarges it by a whole factor.
    public static GenericChart Draw(IReadOnlyList<byte[][]> images, IReadOnlyList<string> titles, int columns)
    {
        int imageHeight = images[0].Length;
        int imageWidth = images[0][0].Length;
        int widest = Math.Min(Width / columns, WidestImage);
        int gap = DivideUp(Gap, Math.Max(1, (widest - Gap) / imageWidth));
        int scale = Math.Max(1, widest / (imageWidth + gap));
        int titleHeight = DivideUp(LineHeight * titles.Max(title => title.Split('\n').Length), scale);

        int cellWidth = imageWidth + gap;
        int cellHeight = titleHeight + imageHeight + gap;
        int width = cellWidth * columns;
        int height = cellHeight * DivideUp(images.Count, columns);

        var pixels = new byte[width * height];
        Array.Fill(pixels, White);
        var annotations = new List<object>();
        for (int i = 0; i < images.Count; i++)
        {
            int left = i % columns * cellWidth;
            int top = (i / columns * cellHeight) + titleHeight;
            for (int y = 0; y < imageHeight; y++)
                images[i][y].CopyTo(pixels, ((top + y) * width) + left);

            annotations.Add(ChartStyle.Text(
                left + ((imageWidth - 1) / 2.0), top - 0.5, titles[i].Replace("\n", "<br>"), size: 10, yAnchor: "bottom"));
        }

        return Chart.Image<int>(Source: ToDataUri(pixels, width, height), UseDefaults: false)
            .WithTraceProperty("hoverinfo", "skip")
            .WithLayoutProperty("xaxis", new { visible = false, range = new[] { -0.5, width - 0.5 } })
            .WithLayoutProperty("yaxis", new { visible = false, range = new[] { height - 0.5, -0.5 } })
            .WithLayoutProperty("annotations", annotations)
            .WithLayoutProperty("margin", new { l = 0, r = 0, t = 0, b = 0 })
            .WithLayoutProperty("width", scale * width)
            .WithLayoutProperty("height", scale * height)
            .WithoutModeBar();
    }

    private static int DivideUp(int number, int divisor) => (number + divisor - 1) / divisor;

    private static string ToDataUri(byte[] pixels, int width, int height)
    {
        using var png = new MemoryStream();
        new ImageWriter().WritePng(pixels, width, height, ColorComponents.Grey, png);
        return "data:image/png;base64," + Convert.ToBase64String(png.ToArray());
    }
}
