namespace FashionNotebooks.Runner;

/// <summary>A notebook as a page: its text, its code, and what the code has shown.</summary>
internal static class NotebookPage
{
    /// <param name="notebook">The notebook, with the outputs to show.</param>
    /// <param name="source">Where it is below the folder of the notebooks.</param>
    /// <param name="folder">Where the page goes. A notebook that lies there too can be downloaded.</param>
    /// <param name="links">What its links may lead to.</param>
    public static Page Create(Notebook notebook, string source, string folder, PageLinks links)
    {
        bool isBeside = notebook.Path == Path.GetFullPath(source, folder) && File.Exists(notebook.Path);
        string? download = isBeside ? Uri.EscapeDataString(Path.GetFileName(source)) : null;
        var page = new Page(source, links) { Download = download };
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (cell.IsMarkdown)
                page.AddMarkdown(cell.Source);
            else if (cell.IsCode)
                AddCode(page, cell);
        }

        return page;
    }

    private static void AddCode(Page page, NotebookCell cell)
    {
        string language = HtmlEncode(cell.Language ?? "csharp");
        page.Add($"""<div class="cell" id="cell-{HtmlEncode(cell.Id)}">""");
        page.Add($"""<pre><code class="language-{language}">{HtmlEncode(cell.Source)}</code></pre>""");
        if (cell.Outputs.Count > 0)
        {
            IEnumerable<string> outputs = cell.Outputs.Select(output => WriteOutput(output, page.Safe));
            page.Add($"""<div class="output">{string.Join('\n', outputs)}</div>""");
        }

        page.Add("</div>");
    }

    /// <summary>What a cell has shown, by the richest of its forms that a page can have: a chart, a picture, HTML or
    /// Markdown, text.</summary>
    public static string WriteOutput(JsonObject output, SafeHtml safe)
    {
        if ($"{output["output_type"]}" == "error")
            return $"""<pre class="error">{HtmlEncode($"{output["ename"]}: {output["evalue"]}")}</pre>""";

        if (output["data"] is not JsonObject data)
            return WriteText(NotebookCell.JoinLines(output["text"]));

        string text = NotebookCell.JoinLines(data["text/plain"]);
        if (data[FigurePictures.PlotlyType] is JsonObject specification)
            return WriteFigure(specification, text);

        if (data.ContainsKey("image/png"))
        {
            string source = $"data:image/png;base64,{NotebookCell.JoinLines(data["image/png"]).Trim()}";
            return $"""<img src="{HtmlEncode(source)}" alt="{HtmlEncode(text)}">""";
        }

        IHtmlDocument html = data.ContainsKey("text/html")
            ? safe.FromHtml(NotebookCell.JoinLines(data["text/html"]))
            : safe.FromMarkdown(NotebookCell.JoinLines(data["text/markdown"]));

        // The names of columns and rows may be long: train_loss_all, PaddedDilatedNet.
        foreach (IElement name in html.QuerySelectorAll("th, td:first-child").Where(name => !name.Children.Any()))
            name.InnerHtml = Regex.Replace(name.InnerHtml, "(?<=_)|(?<=[a-z])(?=[A-Z])", "<wbr>");

        return html.Body!.TextContent.Trim() == "" && html.QuerySelector("img") is null
            ? WriteText(text) : html.Body.InnerHtml;
    }

    /// <summary>A chart as plotly.js takes it, and what it shows in words.</summary>
    private static string WriteFigure(JsonObject specification, string description)
    {
        string words = HtmlEncode(description);
        return $"""
            <figure><div class="chart" role="img" aria-label="{words}">
            <noscript><p>{words}</p></noscript></div>
            <script type="application/json">{specification.ToJsonString()}</script></figure>
            """;
    }

    private static string WriteText(string text) => $"<pre>{HtmlEncode(text)}</pre>";
}
