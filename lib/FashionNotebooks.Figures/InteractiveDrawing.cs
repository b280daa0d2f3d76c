using System.Net;
using System.Text.Json.Nodes;

namespace FashionNotebooks;

/// <summary>A chart as a fragment of HTML that needs nothing from a network.</summary>
internal static class FigureHtml
{
    /// <param name="specification">The chart as plotly.js takes it.</param>
    /// <param name="description">What it shows, in words.</param>
    public static string Write(string specification, string description)
    {
        JsonNode chart = JsonNode.Parse(specification)!;
        JsonNode? trace = chart["data"]?.AsArray().FirstOrDefault();
        string words = WebUtility.HtmlEncode(description);
        string drawing = (string?)trace?["type"] == "image"
            ? WritePicture(ImageGridPicture.ToDataUri(chart["layout"]!, (string)trace["source"]!), words)
            : WriteInteractive(specification, chart["layout"], words);

        // Charts are white in any theme. In a dark one this is a card; in a light one only the drawing is seen.
        return $"""
            <div style="box-sizing: border-box; width: fit-content; max-width: 100%; padding: 12px; overflow-x: auto;
                        border-radius: 8px; background: #fff; color: {ChartStyle.TextColor}; color-scheme: light">
            {drawing}
            </div>
            """;
    }

    private static string WritePicture(string source, string words) =>
        $"""<img src="{source}" alt="{words}" style="display: block; max-width: none; max-height: none">""";

    private static string WriteInteractive(string specification, JsonNode? layout, string words)
    {
        string id = $"figure-{Guid.NewGuid():N}";
        string width = layout?["width"] is { } given ? $"{given}px" : $"{ChartStyle.Width}px; max-width: 100%";
        string style = $"width: {width}; min-height: {layout?["height"]}px";

        // Outputs are not always rendered in order, so each brings plotly.js; the first one on a page starts it. It is
        // kept apart from a plotly.js that the page may have for charts of its own.
        return $$"""
            <div id="{{id}}" role="img" aria-label="{{words}}" style="{{style}}"><p>{{words}}</p></div>
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
