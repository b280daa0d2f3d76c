namespace FashionNotebooks.Runner;

/// <summary>What one page of the course says, and its headings.</summary>
/// <param name="source">The file that it is made of, such as <c>zh/glossary.md</c>.</param>
/// <param name="links">The pages and pictures that it may lead to.</param>
internal sealed class Page(string source, PageLinks links)
{
    private readonly HashSet<string> anchors = [""];
    private readonly StringBuilder body = new();
    private string? title;

    /// <summary>Where it is below the folder of the pages.</summary>
    public string Path { get; } = System.IO.Path.ChangeExtension(source, ".html");

    /// <summary>Its name; its counterpart in another language has the same.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>How the other pages of its language lead to it.</summary>
    public string Link => Uri.EscapeDataString(FileName);

    /// <summary>The address of the notebook that it shows, if that lies beside it.</summary>
    public string? Download { get; init; }

    /// <summary>Its first heading of the first level, as text, or else the name of its file.</summary>
    public string Title => title ?? System.IO.Path.GetFileNameWithoutExtension(source);

    /// <summary>The anchors of its headings of the second level, and their text.</summary>
    public IList<KeyValuePair<string, string>> Sections { get; } = [];

    /// <summary>Makes HTML that may stand on this page.</summary>
    public SafeHtml Safe { get; } = new(links, source);

    public string Body => body.ToString();

    public void Add(string html) => body.AppendLine(html);

    /// <param name="markdown">Text of this page.</param>
    /// <param name="attachments">The pictures inside its cell as <c>data:</c> addresses, by their names.</param>
    public void AddMarkdown(string markdown, IReadOnlyDictionary<string, string>? attachments = null)
    {
        IHtmlDocument document = Safe.FromMarkdown(markdown, attachments);
        foreach (IElement place in document.QuerySelectorAll("[id], h1, h2, h3, h4, h5, h6"))
        {
            AddAnchor(place, document);
            if (place.LocalName == "h1" && title is null)
                AddTitle(place);
            else if (place.LocalName == "h2")
                Sections.Add(new(place.Id!, place.TextContent));
        }

        foreach (IElement paragraph in document.QuerySelectorAll("p"))
        {
            // The way to the other language is in the frame.
            if (Edition.All.Any(edition => paragraph.TextContent == edition.Words["name"]))
                paragraph.Remove();
            else if (Edition.All.Any(edition => paragraph.TextContent.StartsWith(edition.Words["counterpart"])))
                paragraph.ClassName = "counterpart";
        }

        foreach (IElement words in document.QuerySelectorAll("em, a").Where(words => words.ChildElementCount == 0))
        {
            if (Regex.IsMatch(words.TextContent, @"\p{IsCJKUnifiedIdeographs}"))
                words.SetAttribute("lang", Edition.Chinese.Language);
        }

        Add(document.Body!.InnerHtml);
    }

    /// <summary>Gives a heading the anchor that GitHub gives it, unless its author has given one. Of equal anchors the
    /// second ends with -1; what leads to an author's from the same cell follows: each cell has a first footnote.
    /// </summary>
    private void AddAnchor(IElement place, IHtmlDocument cell)
    {
        string? own = place.GetAttribute("id");
        string words = own ?? PageLinks.WriteAnchor(place.TextContent);
        place.Id = words;
        for (int number = 1; !anchors.Add(place.Id); number++)
            place.Id = $"{words}-{number}";

        IEnumerable<IElement> links = own is null ? [] : cell.QuerySelectorAll($"a[href='#{own}']");
        foreach (IElement link in links)
            link.SetAttribute("href", "#" + place.Id);
    }

    /// <summary>A title may have another one behind it, the tutorial's: "Training · 训练".</summary>
    private void AddTitle(IElement heading)
    {
        string[] titles = heading.TextContent.Split(" · ");
        title = titles[0];
        if (titles is [_, var original])
        {
            string words = HtmlEncode(original);
            heading.InnerHtml = $"""{HtmlEncode(title)} <span class="original" lang="zh-CN">{words}</span>""";
        }
    }
}
