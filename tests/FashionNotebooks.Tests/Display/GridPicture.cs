using System.Text.Json.Nodes;
using BigGustave;

namespace FashionNotebooks.Tests;

/// <summary>The picture of an image grid, read from its specification.</summary>
/// <param name="figure">The grid.</param>
/// <param name="side">How many pixels of the picture an image is wide and high.</param>
internal sealed class GridPicture(PlotlyFigure figure, int side = 28)
{
    private readonly JsonNode chart = JsonNode.Parse(figure.Specification)!;

    public string Source => (string)chart["data"]![0]!["source"]!;

    public string[] Titles => [.. Annotations.Select(title => (string)title!["text"]!)];

    private JsonArray Annotations => chart["layout"]!["annotations"]!.AsArray();

    /// <summary>An image's place: plotly.js is told the middle and the bottom of the title above it.</summary>
    public (int Left, int Top) Corner(int image) => (
        (int)((double)Annotations[image]!["x"]! - ((side - 1) / 2.0)), (int)((double)Annotations[image]!["y"]! + 0.5));

    /// <summary>The pixels of an image, or of the whole picture, row by row; each colour from 0 to 255.</summary>
    public (byte Red, byte Green, byte Blue)[] Read(int? image)
    {
        Png picture = Png.Open(DecodeBase64(Source, "image/png"));
        (int left, int top) = image is { } index ? Corner(index) : (0, 0);
        return
        [
            .. from y in Enumerable.Range(top, image is null ? picture.Height : side)
               from x in Enumerable.Range(left, image is null ? picture.Width : side)
               let pixel = picture.GetPixel(x, y)
               select (pixel.R, pixel.G, pixel.B),
        ];
    }

    /// <summary>What an address of a picture holds.</summary>
    public static byte[] DecodeBase64(string address, string mimeType)
    {
        string start = $"data:{mimeType};base64,";
        Assert.StartsWith(start, address);
        return Convert.FromBase64String(address[start.Length..]);
    }
}
