namespace FashionNotebooks.Runner;

/// <summary>What the pages of a language are made of: notebooks and, in a clone, the README and the Markdown files
/// beside the notebooks.</summary>
/// <param name="Edition">The language.</param>
/// <param name="Root">The clone's folder; null if the course is not shown.</param>
/// <param name="Notebooks">The notebooks, with the outputs to show.</param>
internal sealed record PageSources(Edition Edition, string? Root, IReadOnlyList<Notebook> Notebooks)
{
    /// <summary>The files that have pages, below the folder of the notebooks.</summary>
    public IEnumerable<string> Files =>
        Notebooks.Select(notebook => Edition.Folder + notebook.Name + ".ipynb").Concat(Texts);

    private IEnumerable<string> Texts => Root is null ? []
        : Directory.GetFiles(Path.Combine(Root, "notebooks", Edition.Folder), "*.md")
            .Select(path => Edition.Folder + Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>The pages in order, the front page first.</summary>
    /// <param name="links">What they may lead to.</param>
    /// <param name="folder">Where they go.</param>
    /// <param name="problems">Takes what has no page, and why.</param>
    public IReadOnlyList<Page> CreatePages(PageLinks links, string folder, ICollection<string> problems)
    {
        (Notebook Notebook, Page Page)[] chapters =
        [
            .. from notebook in Notebooks
               let page = TryCreate(notebook, links, folder, problems)
               where page is not null
               select (notebook, page),
        ];
        string readme = Root is null ? "" : File.ReadAllText(Path.Combine(Root, Edition.Readme));
        return
        [
            FrontPage.Create(readme, chapters, links, Edition),
            .. chapters.Select(chapter => chapter.Page),
            .. Texts.Select(text => CreateText(text, links)),
        ];
    }

    /// <summary>The page of a notebook. An odd one, perhaps somebody's own, costs only its own page.</summary>
    private Page? TryCreate(Notebook notebook, PageLinks links, string folder, ICollection<string> problems)
    {
        try
        {
            string source = Edition.Folder + notebook.Name + ".ipynb";
            if (Texts.Append(PageLinks.Front).Any(other => Path.ChangeExtension(other, ".ipynb") == source))
                throw new RunnerException("Its page would replace another one: give it another name.");

            return NotebookPage.Create(notebook, source, folder, links);
        }
        catch (Exception e)
        {
            problems.Add($"{notebook.Path}: {e.Message}");
            return null;
        }
    }

    private Page CreateText(string text, PageLinks links)
    {
        var page = new Page(text, links);
        page.AddMarkdown(File.ReadAllText(Path.Combine(Root!, "notebooks", text)));
        return page;
    }
}
