namespace FashionNotebooks.Runner;

/// <summary>The course as pages that any browser opens, without a network or a server.</summary>
/// <param name="folder">Where the executed notebooks are, and where the pages go.</param>
internal sealed class PageFolder(string folder)
{
    /// <summary>The page to begin with.</summary>
    public string Front => Path.Combine(folder, PageLinks.Front);

    /// <summary>The pictures that pages name and do not show, since they are not in the folder of the notebook or below
    /// it.</summary>
    public IReadOnlyCollection<string> MissingPictures { get; private set; } = [];

    /// <summary>Writes a page for each notebook and for each Markdown file beside the project's, and a front page.
    /// </summary>
    /// <param name="executed">The names of the notebooks that have just been run: they are shown as they are in the
    /// folder. <see cref="ShownNotebooks"/> says which others are shown.</param>
    /// <returns>What has no page, and why.</returns>
    public IReadOnlyList<string> Write(IReadOnlyCollection<string> executed)
    {
        Directory.CreateDirectory(folder);
        List<string> problems = [];
        var shown = new ShownNotebooks(folder, executed, problems);
        List<PageSources> editions = [new(Edition.English, shown.Root, shown.English)];
        if (shown.Chinese.Count > 0)
            editions.Add(new(Edition.Chinese, shown.Root, shown.Chinese));

        string notebooks = shown.Root is null ? folder : Path.Combine(shown.Root, "notebooks");
        var links = new PageLinks([.. editions.SelectMany(edition => edition.Files)], notebooks, folder);
        (Edition Edition, IReadOnlyList<Page> Pages)[] written =
            [.. editions.Select(each => (each.Edition, each.CreatePages(links, folder, problems)))];
        foreach ((Edition edition, IReadOnlyList<Page> pages) in written)
        {
            foreach (Page page in pages)
                WritePage(page, pages, edition, written.FirstOrDefault(each => each.Edition != edition));
        }

        CopyAssets();
        MissingPictures = links.Missing;
        return problems;
    }

    private void WritePage(
        Page page, IReadOnlyList<Page> pages, Edition edition, (Edition? Edition, IReadOnlyList<Page> Pages) other)
    {
        string root = edition.Folder == "" ? "" : "../";
        int index = pages.ToList().IndexOf(page);
        Page? counterpart = other.Edition is null ? null
            : other.Pages.FirstOrDefault(each => each.FileName == page.FileName) ?? other.Pages[0];
        string file = Path.Combine(folder, page.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, PageTemplate.Render("page.html", new
        {
            edition,
            words = edition.Words,
            page,
            pages,
            root,
            previous = pages.ElementAtOrDefault(index - 1),
            next = pages.ElementAtOrDefault(index + 1),
            other = other.Edition,
            otherLink = $"{root}{other.Edition?.Folder}{counterpart?.Link}",
        }));
    }

    private void CopyAssets()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "assets");
        string target = Path.Combine(folder, "assets");
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        File.WriteAllText(Path.Combine(target, "plotly.min.js"), FigurePictures.PlotlyJs);
    }
}
