using System.Text;
using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>The page to begin with: what the course is, its results beside the tutorial's, its notebooks with their
/// pictures.</summary>
internal static class FrontPage
{
    /// <param name="readme">The project's README, for its heading and its first two paragraphs; empty if there is none.
    /// </param>
    /// <param name="notebooks">The notebooks, with the outputs to show.</param>
    /// <param name="pages">The page of each of them.</param>
    /// <param name="links">What the page may lead to.</param>
    public static Page Create(
        string readme, IReadOnlyList<Notebook> notebooks, IReadOnlyList<Page> pages, PageLinks links)
    {
        var front = new Page(PageLinks.Front, links, new CSharpHtml([], []));
        string lead = string.Join("\n\n", readme.Split("\n\n").Take(3));
        front.AddMarkdown(lead == "" ? $"# {PageFrame.SiteName}" : lead);
        front.Add(WriteResults(notebooks, pages));
        foreach ((Notebook notebook, Page page) in notebooks.Zip(pages))
        {
            front.Add($"<h2>{Link(page)}</h2>");
            front.AddMarkdown(FindAim(notebook));
            front.Add("<div class=\"pictures\">");
            foreach (NotebookCell cell in notebook.CodeCells.Where(cell => cell.HasTag("picture")))
                front.Add(string.Concat(cell.Outputs.Select(output => NotebookPage.WriteOutput(output!.AsObject()))));

            front.Add("</div>");
        }

        return front;
    }

    private static string Link(Page page) => $"<a href=\"{page.FileName}\">{HtmlEncode(page.Title)}</a>";

    // Each notebook begins with a heading, its place in the course, and what it is for.
    private static string FindAim(Notebook notebook) =>
        notebook.Cells.Where(cell => !cell.IsCode).SelectMany(cell => cell.Source.Split("\n\n")).Take(4)
            .FirstOrDefault(paragraph => paragraph.StartsWith("**", StringComparison.Ordinal)) is { } aim
            ? aim[(aim.IndexOf("**", 2, StringComparison.Ordinal) + 2)..].Trim() : "";

    private static string WriteResults(IReadOnlyList<Notebook> notebooks, IReadOnlyList<Page> pages)
    {
        var rows = new StringBuilder();
        foreach ((Notebook notebook, Page page) in notebooks.Zip(pages))
        {
            (string Name, string Here, string Tutorial)[] results = [.. notebook.Results()];
            foreach ((int index, (string name, string here, string tutorial)) in results.Index())
            {
                string head = $"<th scope=\"rowgroup\" rowspan=\"{results.Length}\">{Link(page)}</th>";
                rows.Append($"<tr>{(index == 0 ? head : "")}");
                rows.AppendLine(string.Concat(new[] { name, here, tutorial }
                    .Select(value => $"<td>{HtmlEncode(value)}</td>")) + "</tr>");
            }
        }

        return rows.Length == 0 ? "" : $"""
            <h2 id="results">Results</h2>
            <div class="wide"><table>
            <thead><tr><th>Notebook</th><th>Result</th><th>Here</th><th>In the tutorial</th></tr></thead>
            <tbody>
            {rows}</tbody></table></div>
            """;
    }
}
