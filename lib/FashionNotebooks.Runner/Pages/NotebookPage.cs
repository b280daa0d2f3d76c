namespace FashionNotebooks.Runner;

/// <summary>A notebook as a page: its text, its code, and what the code has shown.</summary>
internal static class NotebookPage
{
    private static readonly Regex TerminalCodes = new(@"\e(\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(\a|\e\\)|[ -/]*[0-~])");

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
            if (cell.HasMark("remove-cell"))
                continue;

            if (cell.IsMarkdown)
                page.AddMarkdown(cell.Source, cell.Attachments);
            else if (cell.IsCode)
                AddCode(page, cell);
            else
                page.Add(WriteText(cell.Source));
        }

        return page;
    }

    private static void AddCode(Page page, NotebookCell cell)
    {
        string language = HtmlEncode(cell.Language ?? "csharp");
        string code = $"""<pre><code class="language-{language}">{HtmlEncode(cell.Source)}</code></pre>""";
        string output = string.Join('\n', cell.Outputs.Select(output => WriteOutput(output, page.Safe)));
        page.Add($"""<div class="cell" id="cell-{HtmlEncode(cell.Id)}">""");
        if (!cell.HasMark("remove-input"))
            page.Add(Fold("Code", code, cell.HasMark("hide-input", "hide-cell", "source_hidden", "hide_input")));

        if (output != "" && !cell.HasMark("remove-output"))
        {
            output = $"""<div class="output">{output}</div>""";
            page.Add(Fold("Output", output, cell.HasMark("hide-output", "hide-cell", "outputs_hidden", "collapsed")));
        }

        page.Add("</div>");
    }

    private static string Fold(string name, string html, bool isFolded) =>
        isFolded ? $"<details><summary>{name}</summary>{html}</details>" : html;

    /// <summary>What a cell has shown, by the richest of its forms that a page can have: a chart, a picture, HTML,
    /// Markdown or LaTeX, text. What has no such form says what it is.</summary>
    public static string WriteOutput(JsonObject output, SafeHtml safe)
    {
        if ($"{output["output_type"]}" == "error")
            return WriteText($"{output["ename"]}: {output["evalue"]}", " class=\"error\"");

        if (output["data"] is not JsonObject data)
            return WriteText(NotebookCell.JoinLines(output["text"]));

        string text = NotebookCell.JoinLines(data["text/plain"]);
        if (data[FigurePictures.PlotlyType] is JsonObject specification)
            return WriteFigure(specification, text);

        if (data.Select(form => form.Key).FirstOrDefault(type => type.StartsWith("image/")) is { } type)
        {
            string source = SafeHtml.WritePictureData(type, NotebookCell.JoinLines(data[type]));
            string words = text.StartsWith('<') ? "" : text;
            return $"""<img src="{HtmlEncode(source)}" alt="{HtmlEncode(words)}">""";
        }

        IHtmlDocument html = data.ContainsKey("text/html")
            ? safe.FromHtml(NotebookCell.JoinLines(data["text/html"]))
            : safe.FromMarkdown(NotebookCell.JoinLines(data["text/markdown"] ?? data["text/latex"]));

        // The names of columns and rows may be long: train_loss_all, PaddedDilatedNet.
        foreach (IElement name in html.QuerySelectorAll("th, td:first-child").Where(name => !name.Children.Any()))
            name.InnerHtml = Regex.Replace(name.InnerHtml, "(?<=_)|(?<=[a-z])(?=[A-Z])", "<wbr>");

        return html.Body!.TextContent.Trim() == "" && html.QuerySelector("img") is null
            ? WriteText(data.ContainsKey("text/plain") ? text : FindText(data)) : html.Body.InnerHtml;
    }

    private static string FindText(JsonObject data) =>
        data["application/json"] is { } json ? NotebookJson.Write(json)
            : data.Select(form => form.Key).FirstOrDefault(type => Regex.IsMatch(type, "^text/(?!html)")) is { } type
                ? NotebookCell.JoinLines(data[type])
                : $"{string.Join(", ", data.Select(form => form.Key))}: cannot be shown on a page.";

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

    /// <summary>Text without the colours of a terminal.</summary>
    private static string WriteText(string text, string attribute = "") =>
        $"<pre{attribute}>{HtmlEncode(TerminalCodes.Replace(text, ""))}</pre>";
}
