using AngleSharp;
using AngleSharp.Xhtml;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FashionNotebooks.Runner;

/// <summary>Markdown and HTML of cells as HTML in which nothing runs, nothing is fetched from elsewhere, and nothing
/// looks like a part of the page's frame. Links lead to pages; what leads nowhere stays as text.</summary>
internal sealed class SafeHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseCjkFriendlyEmphasis()
        .UseTaskLists().UseFootnotes().UseAutoLinks()
        .UseAlertBlocks((html, kind) => html.Write($"<p><strong>{kind}</strong></p>")).Build();

    private static readonly Regex Words = new(
        @"^<(?!(br|hr|img|input|li|p|wbr)\b)(?<name>[a-z]\w*)[\w -]*/?>$", RegexOptions.IgnoreCase);

    private readonly HtmlSanitizer sanitizer = new() { KeepChildNodes = true };

    /// <param name="links">What the page may lead to.</param>
    /// <param name="source">The file that the page is made of.</param>
    public SafeHtml(PageLinks links, string source)
    {
        // A name would hide a function of the document from the page's scripts.
        sanitizer.AllowedAttributes.ExceptWith(["name", "color", "bgcolor"]);
        sanitizer.AllowedTags.ExceptWith(
            ["font", "form", "input", "button", "select", "textarea", "header", "footer", "main", "nav", "figure"]);
        sanitizer.AllowedAttributes.Add("class");
        sanitizer.AllowedClasses.UnionWith(["math", "language-csharp", "markdown-alert"]);
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedCssProperties.Add("text-align");
        sanitizer.AllowedSchemes.Add("data");
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = url.Tag switch
        {
            IHtmlAnchorElement => links.Find(url.OriginalUrl, source),
            IHtmlImageElement when IsPictureData(url.SanitizedUrl) => url.SanitizedUrl,
            IHtmlImageElement => links.CopyPicture(url.OriginalUrl, source),
            _ => null,
        };
        sanitizer.RemovingTag += (_, removed) =>
        {
            if (removed.Tag.LocalName is "script" or "style")
                removed.Tag.TextContent = "";
        };
    }

    /// <param name="markdown">As GitHub and Jupyter read it.</param>
    /// <param name="attachments">The pictures inside its cell as <c>data:</c> addresses, by their names.</param>
    public IHtmlDocument FromMarkdown(string markdown, IReadOnlyDictionary<string, string>? attachments = null)
    {
        var formulas = new Formulas();
        MarkdownDocument text = Markdown.Parse(formulas.Take(markdown.ReplaceLineEndings("\n")), Pipeline);
        HtmlInline[] tags = [.. text.Descendants<HtmlInline>()];
        foreach (HtmlInline tag in tags.Where(tag => IsWord(tag, tags)))
            tag.ReplaceBy(new LiteralInline(tag.Tag));

        IHtmlDocument document = Parse(text.ToHtml(Pipeline));
        formulas.PutBack(document);
        foreach (IElement picture in document.QuerySelectorAll("img[src^='attachment:']"))
        {
            string name = Uri.UnescapeDataString(picture.GetAttribute("src")!["attachment:".Length..]);
            picture.SetAttribute("src", attachments?.GetValueOrDefault(name) ?? "");
        }

        foreach (IElement code in document.QuerySelectorAll("code.language-cs, code.language-c\\#, code.language-C\\#"))
            code.ClassName = "language-csharp";

        (IElement Place, string? Name)[] anchors = [.. document.QuerySelectorAll("[id], a[name]")
            .Select(place => (place, place.GetAttribute("id") ?? place.GetAttribute("name")))];
        Sanitize(document);
        // Named as headings are, an anchor hides nothing that belongs to the frame.
        foreach ((IElement place, string? name) in anchors)
            place.Id = PageLinks.WriteAnchor(name!);

        return document;
    }

    /// <param name="html">What code has shown: it has no anchors.</param>
    public IHtmlDocument FromHtml(string html) => Sanitize(Parse(html));

    /// <summary>The address of a picture that is within a page.</summary>
    /// <param name="type">Its MIME type.</param>
    /// <param name="content">In base64, or the XML of an SVG.</param>
    public static string WritePictureData(string type, string content) => content.TrimStart().StartsWith('<')
        ? $"data:{type};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(content.Trim()))}"
        : $"data:{type};base64,{content.ReplaceLineEndings("").Trim()}";

    private IHtmlDocument Parse(string html) =>
        sanitizer.HtmlParserFactory().ParseDocument("<!doctype html><html><body>" + html);

    private IHtmlDocument Sanitize(IHtmlDocument document)
    {
        // What is drawn in a picture does not run, and cannot change the page.
        foreach (IElement drawing in document.QuerySelectorAll("svg:not(svg svg)"))
        {
            IElement picture = document.CreateElement("img");
            drawing.SetAttribute(NamespaceNames.XmlNsUri, "xmlns", NamespaceNames.SvgUri);
            drawing.SetAttribute(NamespaceNames.XmlNsUri, "xmlns:xlink", NamespaceNames.XLinkUri);
            picture.SetAttribute("src", WritePictureData("image/svg+xml", drawing.ToHtml(new XhtmlMarkupFormatter())));
            picture.SetAttribute("alt", drawing.QuerySelector("title")?.TextContent ?? "");
            drawing.Replace(picture);
        }

        foreach (IElement box in document.QuerySelectorAll("input[type=checkbox]"))
            box.Replace(document.CreateTextNode(box.HasAttribute("checked") ? "☑" : "☐"));

        sanitizer.SanitizeDom(document, document.Body);

        // The empty corner of a table heads nothing.
        foreach (IElement corner in document.QuerySelectorAll("th:empty:not([colspan]):not([rowspan])"))
            corner.Replace(document.CreateElement("td"));

        return document;
    }

    /// <summary>Whether a tag is no HTML but words, such as <c>List&lt;int&gt;</c> and <c>&lt;file name&gt;</c> have
    /// them: it gives no attribute a value, and nothing closes it.</summary>
    private static bool IsWord(HtmlInline tag, HtmlInline[] tags)
    {
        Match word = Words.Match(tag.Tag);
        return word.Success && !tags.Any(
            other => other.Tag.Equals($"</{word.Groups["name"]}>", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPictureData(string? url) =>
        url?.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) == true;
}
