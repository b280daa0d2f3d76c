using System.IO.Compression;

namespace FashionNotebooks;

/// <summary>
/// plotly.js in the version that Plotly.NET writes for, in its official bundle for cartesian charts: less than half of
/// what Plotly.NET carries. The file is dist/plotly-cartesian.min.js of npm's package plotly.js@2.28.0, as it is there.
/// </summary>
internal static class PlotlyJs
{
    private static readonly Lazy<string> Read = new(() =>
    {
        using Stream script = typeof(PlotlyJs).Assembly.GetManifestResourceStream("plotly.js")!;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
            script.CopyTo(gzip);

        return Convert.ToBase64String(compressed.ToArray());
    });

    /// <summary>The script, compressed with gzip, in Base64.</summary>
    public static string Compressed => Read.Value;
}
