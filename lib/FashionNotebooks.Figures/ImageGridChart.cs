using StbImageWriteSharp;
using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>Images on one picture, with a title above each.</summary>
internal static class ImageGridChart
{
    /// <summary>Of a line of a title, in pixels.</summary>
    public const int LineHeight = 14;

    private const int TextSize = 11;

    // In a column so narrow that the names of two classes would touch.
    private const int SmallTextSize = 10;
    private const int NarrowColumn = 64;

    private const int WidestImage = 120;
    private const int Gap = 4;
    private const int PixelSize = 16;
    private const byte LineGrey = 110;
    private const byte White = 255;

    /// <param name="images">Images of one size, as rows of pixels, top row first: a byte for each channel.</param>
    /// <param name="channels">1: from 0 (black) to 255 (white); 3: red, green and blue.</param>
    /// <param name="titles">A title for each image.</param>
    /// <param name="columns">How many images stand side by side.</param>
    /// <param name="gridLines">Whether a line separates each pixel from the next: 16 on the screen for one.</param>
    public static string Draw(byte[][][] images, int channels, string[] titles, int columns, bool gridLines)
    {
        if (gridLines)
            images = [.. images.Select(image => WithLines(image, channels))];

        // The picture has one pixel for each pixel of an image; plotly.js enlarges it by a whole factor.
        int imageHeight = images[0].Length;
        int imageWidth = images[0][0].Length / channels;
        int widest = Math.Min(ChartStyle.Width / columns, WidestImage);
        int textSize = widest < NarrowColumn ? SmallTextSize : TextSize;
        int gap = DivideUp(Gap, Math.Max(1, (widest - Gap) / imageWidth));
        int scale = Math.Max(1, widest / (imageWidth + gap));
        int lines = titles.Max(title => title.Split('\n').Length);
        int titleHeight = DivideUp((LineHeight * lines) + ImageGridPicture.BelowText, scale);

        int cellWidth = imageWidth + gap;
        int cellHeight = titleHeight + imageHeight + gap;
        int width = cellWidth * columns;
        int height = cellHeight * DivideUp(images.Length, columns);

        var pixels = new byte[width * height * channels];
        Array.Fill(pixels, White);
        var annotations = new List<object>();
        for (int i = 0; i < images.Length; i++)
        {
            int left = i % columns * cellWidth;
            int top = (i / columns * cellHeight) + titleHeight;
            for (int y = 0; y < imageHeight; y++)
                images[i][y].CopyTo(pixels, (((top + y) * width) + left) * channels);

            double middle = left + ((imageWidth - 1) / 2.0);
            string title = titles[i].Replace("\n", "<br>");
            annotations.Add(ChartStyle.Text(middle, top - 0.5, title, textSize, yanchor: "bottom"));
        }

        return Chart.Image<int>(Source: ToDataUri(pixels, width, height, channels), UseDefaults: false)
            .WithTraceProperty("hoverinfo", "skip")
            .WithLayoutProperty("xaxis", new { visible = false, range = new[] { -0.5, width - 0.5 } })
            .WithLayoutProperty("yaxis", new { visible = false, range = new[] { height - 0.5, -0.5 } })
            .WithLayoutProperty("annotations", annotations)
            .WithLayoutProperty("margin", new { l = 0, r = 0, t = 0, b = 0 })
            .WithLayoutProperty("width", scale * width)
            .WithLayoutProperty("height", scale * height)
            .WithoutModeBar()
            .ToSpecification();
    }

    private static byte[][] WithLines(byte[][] image, int channels)
    {
        int height = (image.Length * PixelSize) + 1;
        int width = (image[0].Length / channels * PixelSize) + 1;
        byte Colour(int y, int x, int channel) => y % PixelSize == 0 || x % PixelSize == 0 ? LineGrey
            : image[y / PixelSize][(x / PixelSize * channels) + channel];
        return [.. Enumerable.Range(0, height).Select(y => (byte[])[
            .. Enumerable.Range(0, width * channels).Select(i => Colour(y, i / channels, i % channels))])];
    }

    private static int DivideUp(int number, int divisor) => (number + divisor - 1) / divisor;

    private static string ToDataUri(byte[] pixels, int width, int height, int channels)
    {
        using var png = new MemoryStream();
        var components = channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue;
        new ImageWriter().WritePng(pixels, width, height, components, png);
        return "data:image/png;base64," + Convert.ToBase64String(png.ToArray());
    }
}
