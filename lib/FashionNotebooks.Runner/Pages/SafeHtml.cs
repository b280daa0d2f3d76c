using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace FashionNotebooks.Runner;

/// <summary>Markdown and HTML of cells as HTML in which nothing runs, nothing is fetched, and nothing looks like a part
/// of the page itself.</summary>
internal static class SafeHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseMathematics().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).Build();

    // Any address would do: it stands for where the page lies.
    private static readonly Url Here = new("https://here.invalid/");

    private static readonly HtmlSanitizer Sanitizer = CreateSanitizer();

    public static IHtmlDocument FromMarkdown(string markdown)
    {
        MarkdownDocument text = Markdown.Parse(markdown, Pipeline);
        foreach (MarkdownObject formula in text.Descendants().Where(IsDisplayed))
            formula.GetAttributes().AddClass("display");

        return FromHtml(text.ToHtml(Pipeline));
    }

    /// <summary>The C# in the code blocks of a Markdown text.</summary>
    public static IEnumerable<string> FindCSharp(string markdown) =>
        Markdown.Parse(markdown, Pipeline).Descendants<FencedCodeBlock>().Where(block => block.Info == "csharp")
            .Select(block => block.Lines.ToString());

    public static IHtmlDocument FromHtml(string html)
    {
        IHtmlDocument document = Sanitizer.SanitizeDom(html);
        foreach (IElement image in document.QuerySelectorAll("img").Where(image => !IsAtHand(image)))
            image.Replace(document.CreateTextNode(image.GetAttribute("alt") ?? ""));

        foreach (IElement link in document.QuerySelectorAll("[href]").Where(IsDataLink))
            link.RemoveAttribute("href");

        // A table that is wider than the page is moved inside a frame of its own.
        foreach (IElement table in document.QuerySelectorAll("table").Where(table => table.Closest(".wide") is null))
        {
            IElement frame = document.CreateElement("div");
            frame.ClassName = "wide";
            table.Replace(frame);
            frame.Append(table);
        }

        // The empty corner of a table heads nothing.
        foreach (IElement corner in document.QuerySelectorAll("th:empty:not([colspan]):not([rowspan])"))
            corner.Replace(document.CreateElement("td"));

        return document;
    }

    // The library knows a formula that stands apart only where its dollars have lines of their own.
    private static bool IsDisplayed(MarkdownObject formula) => formula is MathBlock or MathInline { DelimiterCount: 2 };

    /// <summary>Whether an image is in the page itself or lies beside it, as a browser reads its address.</summary>
    private static bool IsAtHand(IElement image)
    {
        if (image.GetAttribute("src") is not { } source)
            return false;

        var address = new Url(Here, source);
        return address.Scheme == "data"
            ? address.Data.StartsWith("image/", StringComparison.OrdinalIgnoreCase) : address.HostName == Here.HostName;
    }

    private static bool IsDataLink(IElement link) => new Url(Here, link.GetAttribute("href")!).Scheme == "data";

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.ExceptWith(
            ["form", "input", "button", "select", "textarea", "header", "footer", "main", "nav", "figure", "font"]);
        sanitizer.AllowedAttributes.ExceptWith(["bgcolor", "color", "name"]);
        sanitizer.AllowedAttributes.Add("class");
        sanitizer.AllowedClasses.UnionWith(["math", "display", "language-csharp", "language-text"]);
        sanitizer.AllowedSchemes.Add("data");

        // No colours: those of a text would not be readable on both a light and a dark page.
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedCssProperties.UnionWith(["text-align", "font-weight", "font-style"]);
        return sanitizer;
    }
}
