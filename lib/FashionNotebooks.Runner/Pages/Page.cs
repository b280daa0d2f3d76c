using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>What one page of the course says, and its headings.</summary>
/// <param name="source">The file that it is made of, such as <c>corrections.md</c>.</param>
/// <param name="site">The pages and pictures that it may lead to.</param>
/// <param name="code">Colours the C# in its Markdown.</param>
internal sealed class Page(string source, PageLinks site, CSharpHtml code)
{
    private readonly List<(string Id, string Html)> sections = [];
    private readonly HashSet<string> ids = [];
    private readonly StringBuilder body = new();

    public string FileName => PageLinks.FileName(source);

    /// <summary>The notebook that it shows, if that lies beside the page; otherwise null.</summary>
    public string? Download =>
        source.EndsWith(".ipynb", StringComparison.Ordinal) && site.HasFile(source) ? source : null;

    /// <summary>Its first heading, as text.</summary>
    public string Title { get; private set; } = Path.GetFileNameWithoutExtension(source);

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

        foreach (IElement image in document.QuerySelectorAll("img"))
        {
            if (site.CopyPicture(image.GetAttribute("src") ?? "") is { } picture)
                image.SetAttribute("src", picture);
            else
                image.Replace(document.CreateTextNode(image.GetAttribute("alt") ?? ""));
        }

        foreach (IElement block in document.QuerySelectorAll("pre > code.language-csharp"))
            block.InnerHtml = code.Write(block.TextContent.TrimEnd('\n'));

        body.AppendLine(document.Body!.InnerHtml);
    }

    private void AddHeading(IElement heading)
    {
        string id = string.Join('-', heading.TextContent.ToLowerInvariant().Split(' ', '-', '.', ':', ',', '·')
            .Select(word => string.Concat(word.Where(char.IsLetterOrDigit))).Where(word => word != ""));
        heading.Id = ids.Add(id) ? id : $"{id}-{ids.Count}";
        ids.Add(heading.Id);
        if (heading.LocalName == "h1")
            AddTitle(heading);
        else if (heading.LocalName == "h2")
            sections.Add((heading.Id, HtmlEncode(heading.TextContent)));
    }

    /// <summary>A title may have another one behind it, the tutorial's: "Training · 训练".</summary>
    private void AddTitle(IElement heading)
    {
        string[] titles = heading.TextContent.Split(" · ");
        Title = titles[0];
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
        if (target.StartsWith("https://", StringComparison.Ordinal))
            link.SetAttribute("rel", "noopener");
        else if (site.Find(target) is { } page)
            link.SetAttribute("href", page);
        else
            link.Replace([.. link.ChildNodes]);
    }
}
