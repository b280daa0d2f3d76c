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
        var front = new Page(edition.Folder + PageLinks.Front, links);
        string lead = string.Join("\n\n", Split(readme).Where(paragraph => !paragraph.StartsWith('[')).Take(3));
        front.AddMarkdown(lead == "" ? "# FashionNotebooks" : lead);
        var cards = chapters.Select(chapter => new
        {
            chapter.Page,
            Aim = front.Safe.FromMarkdown(FindAim(chapter.Notebook)).Body!.InnerHtml,
            Picture = FindPicture(chapter.Notebook, front.Safe),
            Results = chapter.Notebook.Results()
                .Select(result => new { result.Name, result.Here, result.Tutorial }).ToArray(),
        }).ToArray();
        front.Add(PageTemplate.Render("front.html", new
        {
            words = edition.Words,
            chapters = cards,
            results = cards.Where(card => card.Results.Length > 0),
        }));
        return front;
    }

    // Each notebook begins with a heading, its place in the course, and what it is for.
    private static string FindAim(Notebook notebook) =>
        notebook.Cells.Where(cell => !cell.IsCode).SelectMany(cell => Split(cell.Source)).Take(4)
            .FirstOrDefault(paragraph => paragraph.StartsWith("**", StringComparison.Ordinal)) is { } aim
            ? aim[(aim.IndexOf("**", 2, StringComparison.Ordinal) + 2)..].Trim() : "";

    private static string[] Split(string markdown) => markdown.ReplaceLineEndings("\n").Split("\n\n");

    private static string FindPicture(Notebook notebook, SafeHtml safe) =>
        notebook.CodeCells.FirstOrDefault(cell => cell.HasTag("picture")) is { Outputs: [.., var picture] }
            ? NotebookPage.WriteOutput(picture, safe) : "";
}
