using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>What one page of the course says, and its headings.</summary>
/// <param name="source">The file that it is made of, such as <c>zh/glossary.md</c>.</param>
/// <param name="links">The pages and pictures that it may lead to.</param>
/// <param name="code">Colours the C# in its Markdown.</param>
internal sealed partial class Page(string source, PageLinks links, CSharpHtml code)
{
    // Code of no more letters stays on one line.
    private const int ShortCode = 20;

    private readonly List<(string Id, string Html)> sections = [];

    // Those of the frame, and what is no id.
    private readonly HashSet<string> ids = ["", "contents", "menu", "text", "theme"];
    private readonly StringBuilder body = new();
    private string? title;

    /// <summary>Where it is below the folder of the pages.</summary>
    public string Path { get; } = System.IO.Path.ChangeExtension(source, ".html");

    /// <summary>Its name; its counterpart in another language has the same.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>How the other pages of its language lead to it.</summary>
    public string Link => Uri.EscapeDataString(FileName);

    /// <summary>The name of the notebook that it shows, if that lies beside it.</summary>
    public string? Download { get; init; }

    /// <summary>Its first heading of the first level, as text, or else the name of its file.</summary>
    public string Title => title ?? System.IO.Path.GetFileNameWithoutExtension(source);

    /// <summary>Its headings of the second level.</summary>
    public IReadOnlyList<(string Id, string Html)> Sections => sections;

    public string Body => body.ToString();

    public void Add(string html) => body.AppendLine(html);

    public void AddMarkdown(string markdown)
    {
        IHtmlDocument document = SafeHtml.FromMarkdown(markdown);
        foreach (IElement heading in document.QuerySelectorAll("h1, h2, h3"))
            AddHeading(heading);

        foreach (IElement link in document.QuerySelectorAll("a[href]"))
            Lead(link);

        foreach (IElement image in document.QuerySelectorAll("img:not([src^='data:'])"))
        {
            if (links.CopyPicture(image.GetAttribute("src")!, source) is { } picture)
                image.SetAttribute("src", picture);
            else
                image.Replace(document.CreateTextNode(image.GetAttribute("alt") ?? ""));
        }

        bool isInChinese = source.StartsWith(Edition.Chinese.Folder, StringComparison.Ordinal);
        foreach (IElement words in document.QuerySelectorAll("em, a"))
        {
            if (!isInChinese && IsChinese(words.TextContent))
                words.SetAttribute("lang", "zh-CN");
        }

        // The way to the other language is in the frame.
        foreach (IElement way in document.QuerySelectorAll("p").Where(p => Edition.IsName(p.TextContent)))
            way.Remove();

        foreach (IElement words in document.QuerySelectorAll("p > code, li > code"))
        {
            if (words.TextContent.Length <= ShortCode)
                words.ClassName = "short";
            else
                words.InnerHtml = string.Join(' ', words.TextContent.Split(' ').Select(WriteWord));
        }

        foreach (IElement mark in document.QuerySelectorAll("p").Where(p => Edition.IsCounterpart(p.TextContent)))
            mark.ClassName = "counterpart";

        foreach (IElement block in document.QuerySelectorAll("pre > code.language-csharp"))
            block.InnerHtml = code.Write(block.TextContent.TrimEnd('\n'));

        body.AppendLine(document.Body!.InnerHtml);
    }

    // A browser would break a line after each hyphen of an option.
    private static string WriteWord(string word) =>
        word.Length <= ShortCode ? $"<span class=\"short\">{HtmlEncode(word)}</span>" : HtmlEncode(word);

    /// <summary>Whether it has more Chinese letters than English words.</summary>
    private static bool IsChinese(string text) =>
        text.Count(letter => letter is >= '\u4e00' and <= '\u9fff') > EnglishWord().Count(text);

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex EnglishWord();

    private void AddHeading(IElement heading)
    {
        string words = string.Join('-', heading.TextContent.ToLowerInvariant().Split(' ', '-', '.', ':', ',', '·')
            .Select(word => string.Concat(word.Where(char.IsLetterOrDigit))).Where(word => word != ""));
        string id = words;
        for (int number = 2; !ids.Add(id); number++)
            id = $"{words}-{number}";

        heading.Id = id;
        if (heading.LocalName == "h1" && title is null)
            AddTitle(heading);
        else if (heading.LocalName == "h2")
            sections.Add((id, HtmlEncode(heading.TextContent)));
    }

    /// <summary>A title may have another one behind it, the tutorial's: "Training · 训练".</summary>
    private void AddTitle(IElement heading)
    {
        string[] titles = heading.TextContent.Split(" · ");
        title = titles[0];
        if (titles is [_, var original])
        {
            IElement span = heading.Owner!.CreateElement("span");
            (span.ClassName, span.TextContent) = ("original", original);
            span.SetAttribute("lang", "zh-CN");
            heading.TextContent = titles[0] + " ";
            heading.Append(span);
        }
    }

    /// <summary>Lets a link lead to the page of its file; what has none stays as text.</summary>
    private void Lead(IElement link)
    {
        string target = link.GetAttribute("href")!;
        if (target.StartsWith("https://", StringComparison.Ordinal)
            || target.StartsWith("http://", StringComparison.Ordinal))
            link.SetAttribute("rel", "noopener");
        else if (links.Find(target, source) is { } page)
            link.SetAttribute("href", page);
        else
            link.Replace([.. link.ChildNodes]);
    }
}
