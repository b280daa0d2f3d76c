using System.Net;
using System.Text;
using StbImageWriteSharp;
using static System.FormattableString;

namespace FashionNotebooks;

/// <summary>
/// Images on one picture, with a title above each. There is nothing in it to point at, so that a page shows it as SVG,
/// without plotly.js.
/// </summary>
/// <param name="source">The picture's address, with a pixel for each pixel of an image.</param>
/// <param name="width">Its width in pixels of an image.</param>
/// <param name="height">Its height in pixels of an image.</param>
/// <param name="scale">How many pixels of the screen a pixel of an image is wide and high.</param>
/// <param name="textSize">The size of the titles, in pixels of the screen.</param>
/// <param name="titles">The titles.</param>
internal sealed class ImageGridDrawing(
    string source, int width, int height, int scale, int textSize, IReadOnlyList<ImageTitle> titles) : IDrawing
{
    // Between the lines of a title, and between a title and its image, in pixels of the screen.
    private const int LineHeight = 15;
    private const int BelowText = 4;

    // The smaller is for a column so narrow that the names of two classes would touch.
    private const int TextSize = 13;
    private const int SmallTextSize = 10;
    private const int NarrowColumn = 78;

    private const int WidestImage = 150;
    private const int Gap = 4;
    private const byte LineGrey = 110;
    private const byte White = 255;

    // For plotly.js, pixel 0 reaches from -0.5 to 0.5.
    public string Specification { get; } =
        Chart.Image<int>(Source: source, UseDefaults: false)
            .WithTraces(new { hoverinfo = "skip" })
            .ToSpecification(scale * height, scale * width, new
            {
                xaxis = new { visible = false, range = new[] { -0.5, width - 0.5 } },
                yaxis = new { visible = false, range = new[] { height - 0.5, -0.5 } },
                annotations = titles.Select(title => ChartStyle.Text(
                    title.Middle - 0.5, title.Bottom - 0.5, PlainText.ToMarkup(title.Lines), textSize, "bottom")),
                margin = new { l = 0, r = 0, t = 0, b = 0 },
            });

    /// <summary>Arranges the images, see <see cref="IFigures.ImageGrid"/>, and makes one picture of them.</summary>
    public static IDrawing Of(byte[][][] images, int channels, string[] titles, int columns, bool gridLines)
    {
        // With lines, a pixel becomes as large as there is room, and stands in a frame of one.
        int widest = Math.Min(ChartStyle.ColumnWidth / columns, WidestImage);
        int room = (widest - Gap - 1) / (images[0][0].Length / channels);
        (int pixelSize, int frame) = gridLines ? (Math.Max(8, room), 1) : (1, 0);
        int imageHeight = (images[0].Length * pixelSize) + frame;
        int imageWidth = (images[0][0].Length / channels * pixelSize) + frame;

        // The picture has one pixel for each pixel of an image; the screen shows it larger by a whole factor.
        int gap = DivideUp(Gap, Math.Max(1, (widest - Gap) / imageWidth));
        int scale = Math.Max(1, widest / (imageWidth + gap));
        int textSize = scale * (imageWidth + gap) < NarrowColumn ? SmallTextSize : TextSize;
        double lineWidth = ((scale * imageWidth) + Gap) / (double)textSize;
        string[][] lines = [.. titles.Select(title => PlainText.Wrap(title, lineWidth))];
        int textHeight = (LineHeight * lines.Max(title => title.Length)) + BelowText;
        int titleHeight = DivideUp(textHeight, scale);

        int cellWidth = imageWidth + gap;
        int cellHeight = titleHeight + imageHeight + gap;
        int width = cellWidth * columns;
        int height = cellHeight * DivideUp(images.Length, columns);

        byte Colour(int x, int y, int channel)
        {
            int index = (y / cellHeight * columns) + (x / cellWidth);
            (int left, int top) = (x % cellWidth, (y % cellHeight) - titleHeight);
            return index >= images.Length || left >= imageWidth || top < 0 || top >= imageHeight ? White
                : gridLines && (left % pixelSize == 0 || top % pixelSize == 0) ? LineGrey
                : images[index][top / pixelSize][(left / pixelSize * channels) + channel];
        }

        byte[] pixels = [.. Enumerable.Range(0, width * height * channels).Select(place =>
            Colour(place / channels % width, place / channels / width, place % channels))];
        IEnumerable<ImageTitle> places = lines.Select((title, index) => new ImageTitle(
            (index % columns * cellWidth) + (imageWidth / 2.0), (index / columns * cellHeight) + titleHeight, title));
        string source = ToDataUri(pixels, width, height, channels);
        return new ImageGridDrawing(source, width, height, scale, textSize, [.. places]);
    }

    public string ToHtml(string description)
    {
        string size = $"width=\"{scale * width}\" height=\"{scale * height}\"";
        string svg = $"""
            <svg xmlns="http://www.w3.org/2000/svg" {size} text-anchor="middle"
                 font-family="Open Sans, verdana, arial, sans-serif" font-size="{textSize}"
                 fill="{ChartStyle.TextColor}">
            <image href="{source}" {size} style="image-rendering: pixelated" />
            {string.Join('\n', titles.Select(WriteTitle))}
            </svg>
            """;
        string address = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
        string words = WebUtility.HtmlEncode(description);
        return ChartStyle.OnCard(
            $"""<img src="{address}" alt="{words}" style="display: block; max-width: none; max-height: none">""");
    }

    private string WriteTitle(ImageTitle title) => string.Concat(title.Lines.Select((line, index) =>
    {
        int y = (scale * title.Bottom) - BelowText - ((title.Lines.Length - 1 - index) * LineHeight);
        return Invariant($"<text x=\"{scale * title.Middle}\" y=\"{y}\">{WebUtility.HtmlEncode(line)}</text>");
    }));

    private static int DivideUp(int number, int divisor) => (number + divisor - 1) / divisor;

    private static string ToDataUri(byte[] pixels, int width, int height, int channels)
    {
        using var png = new MemoryStream();
        var components = channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue;
        new ImageWriter().WritePng(pixels, width, height, components, png);
        return "data:image/png;base64," + Convert.ToBase64String(png.ToArray());
    }
}

/// <summary>A title, and where it stands on the picture, in pixels of an image from the upper left corner.</summary>
internal sealed record ImageTitle(double Middle, int Bottom, string[] Lines);
