using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static System.FormattableString;

namespace FashionNotebooks;

/// <summary>An image grid as SVG. There is nothing in it to point at, so a page shows it without plotly.js.</summary>
internal static class ImageGridPicture
{
    /// <summary>Pixels between a title and its image.</summary>
    public const int BelowText = 4;

    /// <param name="layout">The layout of an image grid's specification.</param>
    /// <param name="source">The address of its pixels.</param>
    /// <returns>The address of a picture that looks as plotly.js draws the grid.</returns>
    public static string ToDataUri(JsonNode layout, string source)
    {
        int width = (int)layout["width"]!;
        int height = (int)layout["height"]!;
        double scale = width / ((double)layout["xaxis"]!["range"]![1]! + 0.5);
        JsonArray annotations = layout["annotations"]!.AsArray();
        IEnumerable<string> titles = annotations.Select(title => Write(title!, scale));
        string svg = $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" text-anchor="middle"
                 font-family="Open Sans, verdana, arial, sans-serif" font-size="{annotations[0]!["font"]!["size"]}"
                 fill="{ChartStyle.TextColor}">
            <image href="{source}" width="{width}" height="{height}" style="image-rendering: pixelated" />
            {string.Join('\n', titles)}
            </svg>
            """;
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
    }

    // Pixel 0 reaches from -0.5 to 0.5.
    private static string Write(JsonNode title, double scale)
    {
        double x = ((double)title["x"]! + 0.5) * scale;
        double bottom = ((double)title["y"]! + 0.5) * scale;
        string[] lines = ((string)title["text"]!).Split("<br>");
        return string.Concat(lines.Select((line, index) =>
        {
            double y = bottom - BelowText - ((lines.Length - 1 - index) * ImageGridChart.LineHeight);
            return Invariant($"<text x=\"{x}\" y=\"{y}\">{WebUtility.HtmlEncode(line)}</text>");
        }));
    }
}
