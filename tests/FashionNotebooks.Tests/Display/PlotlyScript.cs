using System.IO.Compression;
using System.Text.RegularExpressions;

namespace FashionNotebooks.Tests;

/// <summary>The plotly.js that a figure brings along.</summary>
internal static class PlotlyScript
{
    private static readonly Lazy<string> Script = new(() =>
    {
        using var examples = new FigureExamples();
        string html = examples.ClassProbabilities().ToHtml();
        string compressed = Regex.Match(html, "atob\\(\"([^\"]+)\"\\)").Groups[1].Value;
        using var stream = new MemoryStream(Convert.FromBase64String(compressed));
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        return new StreamReader(gzip).ReadToEnd();
    });

    public static string Read() => Script.Value;
}
