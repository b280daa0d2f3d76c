using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Microsoft.CodeAnalysis;
using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>A notebook as a page: its text, its code, and what the code has shown.</summary>
internal static class NotebookPage
{
    /// <param name="notebook">The notebook, with the outputs to show.</param>
    /// <param name="site">What its links may lead to.</param>
    /// <param name="references">Assemblies whose types its code uses.</param>
    public static Page Create(Notebook notebook, PageLinks site, IEnumerable<MetadataReference> references)
    {
        var code = new CSharpHtml(notebook.Cells.SelectMany(CodeOf), references);
        var page = new Page(Path.GetFileName(notebook.Path), site, code);
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (!cell.IsCode)
            {
                page.AddMarkdown(cell.Source);
                continue;
            }

            page.Add($"""<div class="cell" id="cell-{HtmlEncode(cell.Id)}">""");
            page.Add($"""<pre><code>{code.Write(cell.Source)}</code></pre>""");
            foreach (JsonNode? output in cell.Outputs)
                page.Add($"""<div class="output">{WriteOutput(output!.AsObject())}</div>""");

            page.Add("</div>");
        }

        return page;
    }

    /// <summary>A chart as plotly.js takes it, to be drawn when it comes into view.</summary>
    public static string WriteFigure(JsonNode specification, string description)
    {
        JsonNode? layout = specification["layout"];
        string style = $"width: {layout?["width"] ?? 480}px; height: {layout?["height"] ?? 360}px";
        return $"""
            <figure><div class="chart" role="img" aria-label="{HtmlEncode(description)}" style="{style}">
            <noscript><p>{HtmlEncode(description)}</p></noscript></div>
            <script type="application/json">{specification.ToJsonString()}</script></figure>
            """;
    }

    private static IEnumerable<string> CodeOf(NotebookCell cell) =>
        cell.IsCode ? [cell.Source] : SafeHtml.FindCSharp(cell.Source);

    /// <summary>What a cell has shown, by the richest of its forms that a page can have.</summary>
    public static string WriteOutput(JsonObject output)
    {
        if ((string?)output["output_type"] == "error")
            return WriteText($"{output["ename"]}: {output["evalue"]}", "error");

        if (output["data"] is not JsonObject data)
            return WriteText(NotebookCell.JoinLines(output["text"]), $"{output["name"]}");

        string text = NotebookCell.JoinLines(data["text/plain"]);
        if (data[FigurePictures.PlotlyType] is { } specification)
            return WriteFigure(specification, text);

        if (data["image/png"] is { } picture)
        {
            string source = $"data:image/png;base64,{NotebookCell.JoinLines(picture).Trim()}";
            return $"""<img src="{source}" alt="{HtmlEncode(text)}">""";
        }

        IHtmlDocument html = SafeHtml.FromHtml(NotebookCell.JoinLines(data["text/html"]));
        return html.Body!.TextContent.Trim() == "" ? WriteText(text, "") : html.Body.InnerHtml;
    }

    private static string WriteText(string text, string kind) =>
        $"""<pre class="{kind}">{HtmlEncode(text)}</pre>""";
}
