using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>The page to begin with: what the course is, its notebooks, each with a picture, and their results beside
/// the tutorial's.</summary>
internal static class FrontPage
{
    /// <param name="readme">The project's README, for its heading and its first two paragraphs, without a line that
    /// leads to another language; empty if there is none.</param>
    /// <param name="chapters">The notebooks, with the outputs to show, and their pages.</param>
    /// <param name="links">What the page may lead to.</param>
    /// <param name="edition">The language.</param>
    public static Page Create(
        string readme, IReadOnlyList<(Notebook Notebook, Page Page)> chapters, PageLinks links, Edition edition)
    {
        var front = new Page(edition.Folder + PageLinks.Front, links, new CSharpHtml([], []));
        string lead = string.Join("\n\n", readme.Split("\n\n").Where(paragraph => !paragraph.StartsWith('[')).Take(3));
        front.AddMarkdown(lead == "" ? $"# {PageFrame.SiteName}" : lead);
        if (chapters is [var first, ..])
            front.Add($"<p class=\"start\">{Link(first.Page, edition.Start)}</p>");

        foreach ((Notebook notebook, Page page) in chapters)
        {
            front.Add($"<section class=\"card\"><div><h2>{Link(page)}</h2>");
            front.AddMarkdown(FindAim(notebook));
            front.Add("</div>");
            if (notebook.CodeCells.FirstOrDefault(cell => cell.HasTag("picture")) is { Outputs: [.., var picture] })
                front.Add(NotebookPage.WriteOutput(picture));

            front.Add("</section>");
        }

        front.Add(WriteResults(chapters, edition));
        return front;
    }

    private static string Link(Page page, string before = "") =>
        $"<a href=\"{page.Link}\">{before}{HtmlEncode(page.Title)}</a>";

    // Each notebook begins with a heading, its place in the course, and what it is for.
    private static string FindAim(Notebook notebook) =>
        notebook.Cells.Where(cell => !cell.IsCode).SelectMany(cell => cell.Source.Split("\n\n")).Take(4)
            .FirstOrDefault(paragraph => paragraph.StartsWith("**", StringComparison.Ordinal)) is { } aim
            ? aim[(aim.IndexOf("**", 2, StringComparison.Ordinal) + 2)..].Trim() : "";

    private static string WriteResults(
        IReadOnlyList<(Notebook Notebook, Page Page)> chapters, Edition edition)
    {
        string rows = string.Concat(chapters.Select(chapter => WriteRows(chapter.Notebook, Link(chapter.Page))));
        return rows.Length == 0 ? "" : $"""
            <h2 id="results">{edition.Results}</h2>
            <div class="wide"><table>
            <thead><tr>{string.Concat(edition.ResultColumns.Select(column => $"<th>{column}</th>"))}</tr></thead>
            {rows}
            </table></div>
            """;
    }

    private static string WriteRows(Notebook notebook, string link)
    {
        (string Name, string Here, string Tutorial)[] results = [.. notebook.Results()];
        string head = $"<th scope=\"rowgroup\" rowspan=\"{results.Length}\">{link}</th>";
        IEnumerable<string> rows = results.Select((result, index) =>
            $"<tr>{(index == 0 ? head : "")}<td>{HtmlEncode(result.Name)}</td>"
            + $"<td>{HtmlEncode(result.Here)}</td><td>{HtmlEncode(result.Tutorial)}</td></tr>");
        return results.Length == 0 ? "" : $"<tbody>\n{string.Join('\n', rows)}\n</tbody>";
    }
}
