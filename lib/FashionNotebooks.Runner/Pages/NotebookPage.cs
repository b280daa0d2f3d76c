using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.CodeAnalysis;
using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>A notebook as a page: its text, its code, and what the code has shown.</summary>
internal static partial class NotebookPage
{
    // The forms that a page can have, the richest first; behind them comes HTML.
    private static readonly string[] Pictures = ["image/png", "image/jpeg"];

    /// <param name="notebook">The notebook, with the outputs to show.</param>
    /// <param name="source">Where it is below the folder of the notebooks.</param>
    /// <param name="isBeside">Whether it lies beside the page.</param>
    /// <param name="links">What its links may lead to.</param>
    /// <param name="references">Assemblies whose types its code uses.</param>
    public static Page Create(Notebook notebook, string source, bool isBeside, PageLinks links,
        IEnumerable<MetadataReference> references)
    {
        var code = new CSharpHtml(notebook.Cells.SelectMany(FindCSharp), references);
        var page = new Page(source, links, code) { Download = isBeside ? Path.GetFileName(source) : null };
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (cell.IsMarkdown)
                page.AddMarkdown(cell.Source);
            else if (cell.IsCode)
                AddCode(page, cell, code);
        }

        return page;
    }

    private static void AddCode(Page page, NotebookCell cell, CSharpHtml code)
    {
        page.Add($"""<div class="cell" id="cell-{HtmlEncode(cell.Id)}">""");
        page.Add($"""<pre><code>{code.Write(cell.Source)}</code></pre>""");
        if (cell.Outputs.Count > 0)
            page.Add($"""<div class="output">{string.Join('\n', cell.Outputs.Select(WriteOutput))}</div>""");

        page.Add("</div>");
    }

    private static IEnumerable<string> FindCSharp(NotebookCell cell) =>
        cell.IsMarkdown ? SafeHtml.FindCSharp(cell.Source)
            : cell.IsCode && cell.Language is null or "csharp" ? [cell.Source] : [];

    /// <summary>What a cell has shown, by the richest of its forms that a page can have.</summary>
    public static string WriteOutput(JsonObject output)
    {
        if ($"{output["output_type"]}" == "error")
            return $"""<pre class="error">{HtmlEncode($"{output["ename"]}: {output["evalue"]}")}</pre>""";

        if (output["data"] is not JsonObject data)
            return WriteText(NotebookCell.JoinLines(output["text"]));

        string text = NotebookCell.JoinLines(data["text/plain"]);
        if (data[FigurePictures.PlotlyType] is JsonObject specification)
            return WriteFigure(specification, text);

        if (Pictures.FirstOrDefault(data.ContainsKey) is { } type)
        {
            string source = $"data:{type};base64,{NotebookCell.JoinLines(data[type]).Trim()}";
            return $"""<img src="{HtmlEncode(source)}" alt="{HtmlEncode(text)}">""";
        }

        IHtmlDocument html = data.ContainsKey("text/html")
            ? SafeHtml.FromHtml(NotebookCell.JoinLines(data["text/html"]))
            : SafeHtml.FromMarkdown(NotebookCell.JoinLines(data["text/markdown"]));

        // The names of columns and rows may be long: train_loss_all, PaddedDilatedNet.
        foreach (IElement name in html.QuerySelectorAll("th, td:first-child").Where(name => !name.Children.Any()))
            name.InnerHtml = BetweenWords().Replace(name.InnerHtml, "<wbr>");

        return html.Body!.TextContent.Trim() == "" && html.QuerySelector("img") is null
            ? WriteText(text) : html.Body.InnerHtml;
    }

    /// <summary>A chart as plotly.js takes it, to be drawn when it comes into view.</summary>
    private static string WriteFigure(JsonObject specification, string description)
    {
        string Measure(string name, int usual) =>
            specification["layout"] is JsonObject layout && layout[name]?.GetValueKind() == JsonValueKind.Number
                ? $"{name}: {layout[name]}px" : $"{name}: {usual}px";

        string style = $"{Measure("width", 480)}; {Measure("height", 360)}";
        string words = HtmlEncode(description);
        return $"""
            <figure><div class="chart" role="img" aria-label="{words}" style="{style}">
            <noscript><p>{words}</p></noscript></div>
            <script type="application/json">{specification.ToJsonString()}</script></figure>
            """;
    }

    [GeneratedRegex("(?<=_)|(?<=[a-z])(?=[A-Z])")]
    private static partial Regex BetweenWords();

    private static string WriteText(string text) => $"<pre>{HtmlEncode(text)}</pre>";
}
