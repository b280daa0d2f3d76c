namespace FashionNotebooks.Runner;

/// <summary>The notebooks that the pages show. If some in the folder are the project's, or there are none, that is
/// the whole course: all notebooks of the project, and those that have just been run. If not, it is those in the
/// folder.</summary>
internal sealed class ShownNotebooks
{
    private readonly string folder;
    private readonly IReadOnlyCollection<string> executed;
    private readonly ICollection<string> problems;

    /// <param name="folder">Where the executed notebooks are.</param>
    /// <param name="executed">The names of those that have just been run. Of another, what an earlier run has left in
    /// the folder is shown if the project's notebook still has the same cells; if not, the project's is.</param>
    /// <param name="problems">Takes what cannot be read, and why.</param>
    public ShownNotebooks(string folder, IReadOnlyCollection<string> executed, ICollection<string> problems)
    {
        (this.folder, this.executed, this.problems) = (folder, executed, problems);
        string[] inFolder = FindNames(folder);
        string[] ofProject = CourseNotebooks.FindRoot() is { } root ? FindNames(Path.Combine(root, "notebooks")) : [];
        bool isCourse = ofProject.Length > 0 && (inFolder.Length == 0 || inFolder.Intersect(ofProject).Any());
        Root = isCourse ? CourseNotebooks.FindRoot() : null;

        // What an earlier run has left may be a notebook that has another name by now.
        IEnumerable<string> names = isCourse
            ? ofProject.Union(inFolder.Where(name => executed.Contains(Path.GetFileNameWithoutExtension(name))))
            : inFolder;
        English = [.. names.Order(StringComparer.Ordinal).Select(Choose).OfType<Notebook>()];
        Chinese = [.. English.Select(Translate).OfType<Notebook>()];
    }

    /// <summary>The clone's folder; null if the course is not shown.</summary>
    public string? Root { get; }

    /// <summary>The notebooks in order, with the outputs to show.</summary>
    public IReadOnlyList<Notebook> English { get; }

    /// <summary>Those of them that are translated, in Chinese.</summary>
    public IReadOnlyList<Notebook> Chinese { get; }

    private static string[] FindNames(string folder) =>
        [.. Directory.GetFiles(folder, "*.ipynb").Select(path => Path.GetFileName(path))];

    private Notebook? Choose(string name)
    {
        Notebook? left = TryLoad(Path.Combine(folder, name));
        Notebook? own = TryLoadOfProject(name);
        bool isCurrent = own is null || left is null || executed.Contains(left.Name) || left.HasSameCells(own);
        return isCurrent ? left ?? own : own;
    }

    /// <summary>The notebook in Chinese, in the folder where the English one has been taken from; null if there is no
    /// translation.</summary>
    private Notebook? Translate(Notebook notebook)
    {
        string name = Path.Combine(Translation.Folder, notebook.Name + ".ipynb");
        return TryLoadOfProject(name) is { } translation
            ? Translation.Apply(notebook, translation, Path.Combine(Path.GetDirectoryName(notebook.Path)!, name))
            : null;
    }

    private Notebook? TryLoadOfProject(string name) =>
        Root is null ? null : TryLoad(Path.Combine(Root, "notebooks", name));

    private Notebook? TryLoad(string path)
    {
        try
        {
            return File.Exists(path) ? Notebook.Load(path) : null;
        }
        catch (RunnerException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }
}
