using System.Net;
using System.Text;
using static System.FormattableString;
using Chart = Plotly.NET.CSharp.Chart;

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
    /// <summary>Of a line of a title, in pixels of the screen.</summary>
    public const int LineHeight = 14;

    /// <summary>Pixels of the screen between a title and its image.</summary>
    public const int BelowText = 4;

    // For plotly.js, pixel 0 reaches from -0.5 to 0.5.
    public string Specification { get; } =
        Chart.Image<int>(Source: source, UseDefaults: false)
            .WithTraces(new { hoverinfo = "skip" })
            .WithoutModeBar()
            .ToSpecification(scale * height, scale * width, new
            {
                xaxis = new { visible = false, range = new[] { -0.5, width - 0.5 } },
                yaxis = new { visible = false, range = new[] { height - 0.5, -0.5 } },
                annotations = titles.Select(title => ChartStyle.Text(
                    title.Middle - 0.5, title.Bottom - 0.5, string.Join("<br>", title.Lines), textSize, "bottom")),
                margin = new { l = 0, r = 0, t = 0, b = 0 },
            });

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
}

/// <summary>A title, and where it stands on the picture, in pixels of an image from the upper left corner.</summary>
internal sealed record ImageTitle(double Middle, int Bottom, string[] Lines);
