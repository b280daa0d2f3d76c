using System.IO.Compression;
using System.Net;
using System.Text;

namespace FashionNotebooks;

/// <summary>An interactive Plotly chart. It needs no network: the HTML brings plotly.js along, compressed.</summary>
public sealed class PlotlyFigure : CellOutput
{
    private static readonly Lazy<string> PlotlyJs = new(() => Compress(PlotlyLoadContext.Call("PlotlyJs", "Read")));

    internal PlotlyFigure(string specification, string description)
    {
        Specification = specification;
        Description = description;
    }

    /// <summary>The chart as Plotly's JSON: <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public string Specification { get; }

    /// <summary>What the figure shows, in words: for those who cannot see it.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToHtml()
    {
        string id = $"figure-{Guid.NewGuid():N}";
        string words = WebUtility.HtmlEncode(Description);

        // Outputs are not always rendered in order, so each brings plotly.js; the first one on a page starts it.
        return $$"""
            <div id="{{id}}" role="img" aria-label="{{words}}" style="overflow-x: auto"><p>{{words}}</p></div>
            <script>
            (async () => {
              window.fashionNotebooksPlotly ??= (async () => {
                const bytes = Uint8Array.from(atob("{{PlotlyJs.Value}}"), c => c.charCodeAt(0));
                const unzipped = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
                const code = await new Response(unzipped).text();
                const script = document.createElement("script");
                script.textContent = `(function (define, module, exports) {${code}\n}).call(window);`;
                document.head.append(script);
              })();
              await window.fashionNotebooksPlotly;
              const place = document.getElementById("{{id}}");
              place.replaceChildren();
              await window.Plotly.newPlot(place, {{Specification.Replace("<", "\\u003c")}});
            })();
            </script>
            """;
    }

    /// <inheritdoc/>
    public override string ToString() => Description;

    private static string Compress(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
            gzip.Write(Encoding.UTF8.GetBytes(text));

        return Convert.ToBase64String(compressed.ToArray());
    }
}
