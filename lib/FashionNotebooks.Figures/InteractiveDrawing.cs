using System.IO.Compression;
using System.Net;

namespace FashionNotebooks;

/// <summary>A chart that plotly.js draws, and that shows its values under the pointer.</summary>
/// <param name="chart">Its traces.</param>
/// <param name="height">Pixels.</param>
/// <param name="width">Pixels; null for a chart that becomes narrower where there is less room.</param>
/// <param name="layout">Properties of its layout, those of an anonymous object.</param>
/// <param name="frames">The frames of an animation, as plotly.js takes them.</param>
internal sealed class InteractiveDrawing(
    GenericChart chart, int height, int? width, object layout, object? frames = null) : IDrawing
{
    // In the version that Plotly.NET writes for, in its official bundle for cartesian charts: less than half of what
    // Plotly.NET carries. The file is dist/plotly-cartesian.min.js of npm's package plotly.js@2.28.0, as it is there.
    private static readonly Lazy<string> CompressedPlotlyJs = new(() =>
    {
        using Stream script = typeof(InteractiveDrawing).Assembly.GetManifestResourceStream("plotly.js")!;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
            script.CopyTo(gzip);

        return Convert.ToBase64String(compressed.ToArray());
    });

    public string Specification { get; } = chart.ToSpecification(height, width, layout, frames);

    public string ToHtml(string description)
    {
        string words = WebUtility.HtmlEncode(description);
        string id = $"figure-{Guid.NewGuid():N}";
        string room = width is { } pixels ? $"{pixels}px" : $"{ChartStyle.ColumnWidth}px; max-width: 100%";
        string style = $"width: {room}; min-height: {height}px";

        // Outputs are not always rendered in order, so each brings plotly.js; the first one on a page starts it. It is
        // kept apart from a plotly.js that the page may have for charts of its own.
        return ChartStyle.OnCard($$"""
            <div id="{{id}}" role="img" aria-label="{{words}}" style="{{style}}"><p>{{words}}</p></div>
            <script>
            (async () => {
              const library = window.fashionNotebooks ??= {};
              library.loading ??= (async () => {
                const bytes = Uint8Array.from(atob("{{CompressedPlotlyJs.Value}}"), c => c.charCodeAt(0));
                const unzipped = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
                const code = await new Response(unzipped).text();
                const script = document.createElement("script");
                script.textContent = `((define, module, exports) => {${code}\n})(0, 0, window.fashionNotebooks);`;
                document.head.append(script);
              })();
              await library.loading;
              const place = document.getElementById("{{id}}");
              place.replaceChildren();
              await library.Plotly.newPlot(place, {{Specification.Replace("<", "\\u003c")}});
            })();
            </script>
            """);
    }
}
