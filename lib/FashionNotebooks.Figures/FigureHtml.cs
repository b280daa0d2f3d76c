using System.Net;

namespace FashionNotebooks;

/// <summary>A chart as a fragment of HTML that needs nothing from a network.</summary>
internal static class FigureHtml
{
    /// <param name="specification">The chart as plotly.js takes it.</param>
    /// <param name="description">What it shows, in words.</param>
    public static string Write(string specification, string description)
    {
        string id = $"figure-{Guid.NewGuid():N}";
        string words = WebUtility.HtmlEncode(description);

        // Outputs are not always rendered in order, so each brings plotly.js; the first one on a page starts it. It is
        // kept apart from a plotly.js that the page may have for charts of its own.
        return $$"""
            <div id="{{id}}" role="img" aria-label="{{words}}" style="overflow-x: auto"><p>{{words}}</p></div>
            <script>
            (async () => {
              const library = window.fashionNotebooks ??= {};
              library.loading ??= (async () => {
                const bytes = Uint8Array.from(atob("{{PlotlyJs.Compressed}}"), c => c.charCodeAt(0));
                const unzipped = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
                const code = await new Response(unzipped).text();
                const script = document.createElement("script");
                script.textContent = `((define, module, exports) => {${code}\n})(0, 0, window.fashionNotebooks);`;
                document.head.append(script);
              })();
              await library.loading;
              const place = document.getElementById("{{id}}");
              place.replaceChildren();
              await library.Plotly.newPlot(place, {{specification.Replace("<", "\\u003c")}});
            })();
            </script>
            """;
    }
}
