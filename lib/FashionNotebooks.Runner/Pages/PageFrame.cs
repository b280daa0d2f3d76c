using System.Text;
using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>What all pages have around their text: the way to the others, the contents, the theme.</summary>
internal static class PageFrame
{
    public const string SiteName = "FashionNotebooks";

    /// <param name="page">The page to write.</param>
    /// <param name="pages">All pages in its language, in order.</param>
    /// <param name="edition">The language.</param>
    /// <param name="others">The pages in the other language, beginning with the front page; none if there is one
    /// language only.</param>
    public static string Write(
        Page page, IReadOnlyList<Page> pages, Edition edition, IReadOnlyList<Page> others)
    {
        string root = PageLinks.Relate("", page.Path);
        int index = pages.ToList().IndexOf(page);
        string title = page.FileName == PageLinks.Front ? SiteName : $"{page.Title} - {SiteName}";
        return $"""
            <!doctype html>
            <html lang="{edition.Language}" data-copy="{edition.Copy}" data-copied="{edition.Copied}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{HtmlEncode(title)}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{root}assets/katex/katex.min.css">
            <link rel="stylesheet" href="{root}assets/page.css">
            <script src="{root}assets/theme.js"></script>
            <script defer src="{root}assets/katex/katex.min.js"></script>
            <script defer src="{root}assets/page.js"></script>
            </head>
            <body>
            <a class="skip" href="#text">{edition.Skip}</a>
            <header>
            <a class="home" href="{PageLinks.Front}">{SiteName}</a>
            {WriteSwitch(page, edition, others)}
            <button id="menu" type="button" aria-expanded="false" aria-controls="contents">{edition.Contents}</button>
            <button id="theme" type="button" data-dark="{edition.Dark}" data-light="{edition.Light}"></button>
            </header>
            <nav id="contents" aria-label="{edition.Contents}">
            {WriteContents(page, pages, edition)}
            </nav>
            <main id="text">
            {page.Body}
            <nav class="turn" aria-label="{edition.Turn}">
            {WriteTurn("prev", edition.Previous, index > 0 ? pages[index - 1] : null)}
            {WriteTurn("next", edition.Next, index < pages.Count - 1 ? pages[index + 1] : null)}
            </nav>
            </main>
            <footer>{edition.Footer}</footer>
            </body>
            </html>
            """;
    }

    /// <summary>The way to the same page in the other language, or else to its front page.</summary>
    private static string WriteSwitch(Page page, Edition edition, IReadOnlyList<Page> others)
    {
        if (others.Count == 0)
            return "";

        Edition other = edition == Edition.English ? Edition.Chinese : Edition.English;
        Page counterpart = others.FirstOrDefault(each => each.FileName == page.FileName) ?? others[0];
        string link = PageLinks.Relate(counterpart.Path, page.Path);
        return $"<a href=\"{link}\" lang=\"{other.Language}\" hreflang=\"{other.Language}\">{other.Name}</a>";
    }

    private static string WriteContents(Page page, IReadOnlyList<Page> pages, Edition edition)
    {
        var html = new StringBuilder("<ul>\n");
        foreach (Page other in pages)
        {
            string current = other == page ? " aria-current=\"page\"" : "";
            html.AppendLine($"<li><a href=\"{other.Link}\"{current}>{HtmlEncode(other.Title)}</a>");
            if (other == page && page.Sections.Count > 0)
            {
                html.AppendLine("<ul>");
                foreach ((string id, string section) in page.Sections)
                    html.AppendLine($"<li><a href=\"#{id}\">{section}</a></li>");

                html.AppendLine("</ul>");
            }

            html.AppendLine("</li>");
        }

        html.AppendLine("</ul>");
        if (page.Download is { } notebook)
            html.AppendLine($"<a href=\"{Uri.EscapeDataString(notebook)}\" download>{edition.Download}</a>");

        return html.ToString();
    }

    private static string WriteTurn(string relation, string word, Page? page) => page is null ? ""
        : $"""
            <a rel="{relation}" href="{page.Link}"><span>{word}</span> {HtmlEncode(page.Title)}</a>
            """;
}
