using StbImageWriteSharp;

namespace FashionNotebooks;

/// <summary>Images on one picture: their size on the screen, and the place of each.</summary>
internal static class ImageGridChart
{
    private const int TextSize = 11;

    // In a column so narrow that the names of two classes would touch.
    private const int SmallTextSize = 10;
    private const int NarrowColumn = 64;

    private const int WidestImage = 120;
    private const int Gap = 4;
    private const int PixelSize = 16;
    private const byte LineGrey = 110;
    private const byte White = 255;

    public static IDrawing Draw(byte[][][] images, int channels, string[] titles, int columns, bool gridLines)
    {
        if (gridLines)
            images = [.. images.Select(image => WithLines(image, channels))];

        // The picture has one pixel for each pixel of an image; the screen shows it larger by a whole factor.
        int imageHeight = images[0].Length;
        int imageWidth = images[0][0].Length / channels;
        int widest = Math.Min(ChartStyle.Width / columns, WidestImage);
        int textSize = widest < NarrowColumn ? SmallTextSize : TextSize;
        int gap = DivideUp(Gap, Math.Max(1, (widest - Gap) / imageWidth));
        int scale = Math.Max(1, widest / (imageWidth + gap));
        string[][] lines = [.. titles.Select(title => title.Split('\n'))];
        int textHeight = (ImageGridDrawing.LineHeight * lines.Max(title => title.Length)) + ImageGridDrawing.BelowText;
        int titleHeight = DivideUp(textHeight, scale);

        int cellWidth = imageWidth + gap;
        int cellHeight = titleHeight + imageHeight + gap;
        int width = cellWidth * columns;
        int height = cellHeight * DivideUp(images.Length, columns);

        var pixels = new byte[width * height * channels];
        Array.Fill(pixels, White);
        var places = new List<ImageTitle>();
        foreach ((int index, byte[][] image) in images.Index())
        {
            int left = index % columns * cellWidth;
            int top = (index / columns * cellHeight) + titleHeight;
            foreach ((int y, byte[] row) in image.Index())
                row.CopyTo(pixels, (((top + y) * width) + left) * channels);

            places.Add(new ImageTitle(left + (imageWidth / 2.0), top, lines[index]));
        }

        return new ImageGridDrawing(
            ToDataUri(pixels, width, height, channels), width, height, scale, textSize, places);
    }

    // A frame of one pixel around each pixel, which becomes 15 wide and high.
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
