using Ganss.Xss;
using Markdig;
using Markdig.Extensions.EmphasisExtras;

namespace FashionNotebooks.Runner;

/// <summary>Markdown and HTML of cells as HTML in which nothing runs, nothing is fetched from elsewhere, and nothing
/// looks like a part of the page's frame. Links lead to pages; what leads nowhere stays as text.</summary>
internal sealed class SafeHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseMathematics().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).Build();

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
        sanitizer.AllowedClasses.UnionWith(["math", "language-csharp"]);
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

    public IHtmlDocument FromMarkdown(string markdown) => FromHtml(Markdown.ToHtml(markdown, Pipeline));

    public IHtmlDocument FromHtml(string html)
    {
        IHtmlDocument document = sanitizer.SanitizeDom(html);

        // The empty corner of a table heads nothing.
        foreach (IElement corner in document.QuerySelectorAll("th:empty:not([colspan]):not([rowspan])"))
            corner.Replace(document.CreateElement("td"));

        return document;
    }

    private static bool IsPictureData(string? url) =>
        url?.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) == true;
}
