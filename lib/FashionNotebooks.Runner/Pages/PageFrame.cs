using System.Text;
using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>What all pages have around their text: the way to the others, the contents, the theme.</summary>
internal static class PageFrame
{
    public const string SiteName = "FashionNotebooks";

    /// <param name="page">The page to write.</param>
    /// <param name="pages">All pages of the course, in order.</param>
    public static string Write(Page page, IReadOnlyList<Page> pages)
    {
        int index = pages.ToList().IndexOf(page);
        string title = page.FileName == PageLinks.Front ? SiteName : $"{page.Title} - {SiteName}";
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{HtmlEncode(title)}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="assets/katex/katex.min.css">
            <link rel="stylesheet" href="assets/page.css">
            <script src="assets/theme.js"></script>
            <script defer src="assets/katex/katex.min.js"></script>
            <script defer src="assets/page.js"></script>
            </head>
            <body>
            <a class="skip" href="#text">Skip to the text</a>
            <header>
            <a class="home" href="{PageLinks.Front}">{SiteName}</a>
            <button id="menu" type="button" aria-expanded="false" aria-controls="contents">Contents</button>
            <button id="theme" type="button">Dark</button>
            </header>
            <nav id="contents" aria-label="Contents">
            {WriteContents(page, pages)}
            </nav>
            <main id="text">
            {page.Body}
            <nav class="turn" aria-label="Previous and next">
            {WriteTurn("prev", "Previous", index > 0 ? pages[index - 1] : null)}
            {WriteTurn("next", "Next", index >= 0 && index < pages.Count - 1 ? pages[index + 1] : null)}
            </nav>
            </main>
            </body>
            </html>
            """;
    }

    private static string WriteContents(Page page, IReadOnlyList<Page> pages)
    {
        var html = new StringBuilder("<ul>\n");
        foreach (Page other in pages)
        {
            string current = other == page ? " aria-current=\"page\"" : "";
            html.AppendLine($"<li><a href=\"{other.FileName}\"{current}>{HtmlEncode(other.Title)}</a>");
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
            html.AppendLine($"<a href=\"{HtmlEncode(notebook)}\" download>Download this notebook</a>");

        return html.ToString();
    }

    private static string WriteTurn(string relation, string word, Page? page) => page is null ? ""
        : $"""
            <a rel="{relation}" href="{page.FileName}"><span>{word}</span> {HtmlEncode(page.Title)}</a>
            """;
}
