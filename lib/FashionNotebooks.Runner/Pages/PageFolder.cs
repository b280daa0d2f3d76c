using System.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FashionNotebooks.Runner;

/// <summary>The course as pages that any browser opens, without a network or a server.</summary>
/// <param name="folder">Where the executed notebooks are, and where the pages go.</param>
internal sealed class PageFolder(string folder)
{
    private readonly List<string> problems = [];

    /// <summary>The page to begin with.</summary>
    public string Front => Path.Combine(folder, PageLinks.Front);

    /// <summary>Writes a page for each notebook in the folder, and a front page. If some of them are the project's, or
    /// none has been run, the whole course is written: all its notebooks, and the Markdown files beside them.</summary>
    /// <param name="executed">The names of the notebooks that have just been run. Of another, what an earlier run has
    /// left in the folder is shown if the project's notebook still has the same cells; if not, the project's is.
    /// </param>
    /// <returns>What has no page, and why.</returns>
    public IReadOnlyList<string> Write(IReadOnlyCollection<string> executed)
    {
        Directory.CreateDirectory(folder);
        problems.Clear();
        string? root = NotebookFolder.FindRoot();
        string notebooks = Path.Combine(root ?? folder, "notebooks");
        string[] left = FindNames(folder, "*.ipynb");
        bool isCourse = root is not null
            && (executed.Count == 0 || left.Any(name => File.Exists(Path.Combine(notebooks, name))));
        string[] ofCourse = isCourse ? FindNames(notebooks, "*.ipynb") : [];
        Notebook[] shown = [.. ofCourse.Union(left).Order(StringComparer.Ordinal)
            .Select(name => Choose(name, ofCourse.Contains(name) ? notebooks : null, executed)).OfType<Notebook>()];
        Notebook[] translated =
            isCourse ? [.. shown.Select(notebook => Translate(notebook, notebooks)).OfType<Notebook>()] : [];

        Material[] editions =
        [
            new(folder, problems, Edition.English, isCourse ? root : null, shown),
            .. translated is [] ? Array.Empty<Material>() : [new(folder, problems, Edition.Chinese, root, translated)],
        ];
        var links = new PageLinks([.. editions.SelectMany(edition => edition.Sources)], notebooks, folder);
        MetadataReference[] references = [.. FindReferences(root ?? "")];
        Page[][] pages = [.. editions.Select(edition => edition.CreatePages(links, references))];
        foreach ((int index, Material edition) in editions.Index())
        {
            Page[] others = editions.Length > 1 ? pages[1 - index] : [];
            foreach (Page page in pages[index])
            {
                string file = Path.Combine(folder, page.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, PageFrame.Write(page, pages[index], edition.Edition, others));
            }
        }

        CopyAssets();
        return problems;
    }

    /// <summary>Shows the front page in the browser that this system prefers.</summary>
    /// <exception cref="RunnerException">The system knows none.</exception>
    public void Open()
    {
        try
        {
            Process.Start(new ProcessStartInfo(Front) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception e)
        {
            throw new RunnerException($"No browser could be started ({e.Message}) Open {Front} in one.");
        }
    }

    /// <summary>The framework, and the library that the first cell of a notebook has compiled.</summary>
    internal static IEnumerable<MetadataReference> FindReferences(string root)
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string library = Path.Combine(root, "lib", "bin", "Release");
        string[] names = ["FashionNotebooks.dll", "TorchSharp.dll", "Microsoft.Data.Analysis.dll"];
        return Directory.GetFiles(framework, "System*.dll").Append(Path.Combine(framework, "netstandard.dll"))
            .Concat(names.Select(name => Path.Combine(library, name)).Where(File.Exists))
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    private static string[] FindNames(string folder, string pattern) =>
        [.. Directory.GetFiles(folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private Notebook? Choose(string name, string? notebooks, IReadOnlyCollection<string> executed)
    {
        Notebook? left = TryLoad(Path.Combine(folder, name));
        Notebook? own = notebooks is null ? null : TryLoad(Path.Combine(notebooks, name));
        bool isCurrent = own is null || left is null || executed.Contains(left.Name) || left.HasSameCells(own);
        return isCurrent ? left ?? own : own;
    }

    /// <summary>The notebook in Chinese, where the English one has been taken from; null if there is no translation.
    /// </summary>
    private Notebook? Translate(Notebook notebook, string notebooks)
    {
        string name = Path.Combine(Translation.Folder, notebook.Name + ".ipynb");
        return TryLoad(Path.Combine(notebooks, name)) is { } translation
            ? Translation.Apply(notebook, translation, Path.Combine(Path.GetDirectoryName(notebook.Path)!, name))
            : null;
    }

    private Notebook? TryLoad(string path)
    {
        try
        {
            return File.Exists(path) ? Notebook.Load(path) : null;
        }
        catch (Exception e) when (e is RunnerException or System.Text.Json.JsonException)
        {
            problems.Add(e.Message);
            return null;
        }
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

    /// <summary>What the pages of a language are made of. Without a clone there are no texts beside the notebooks.
    /// </summary>
    private sealed record Material(
        string Folder, List<string> Problems, Edition Edition, string? Root, Notebook[] Notebooks)
    {
        public IEnumerable<string> Sources => Notebooks.Select(Source).Concat(Texts);

        private string OfNotebooks => Path.Combine(Root!, "notebooks");

        private IEnumerable<string> Texts => Root is null ? []
            : FindNames(Path.Combine(OfNotebooks, Edition.Folder), "*.md").Select(name => Edition.Folder + name);

        public Page[] CreatePages(PageLinks links, MetadataReference[] references)
        {
            (Notebook Notebook, Page Page)[] chapters =
            [
                .. from notebook in Notebooks
                   let page = TryCreate(notebook, links, references)
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

        private string Source(Notebook notebook) => $"{Edition.Folder}{notebook.Name}.ipynb";

        /// <summary>An odd notebook, perhaps somebody's own, costs only its own page.</summary>
        private Page? TryCreate(Notebook notebook, PageLinks links, MetadataReference[] references)
        {
            try
            {
                string source = Source(notebook);
                if (source == Path.ChangeExtension(PageLinks.Front, ".ipynb"))
                    throw new RunnerException("Its page would replace the front page: give it another name.");

                string beside = Path.Combine(Folder, Path.Combine(source.Split('/')));
                bool isBeside = notebook.Path == beside && File.Exists(beside);
                return NotebookPage.Create(notebook, source, isBeside, links, references);
            }
            catch (Exception e)
            {
                Problems.Add($"{notebook.Path}: {e.Message}");
                return null;
            }
        }

        private Page CreateText(string text, PageLinks links)
        {
            string markdown = File.ReadAllText(Path.Combine(OfNotebooks, text));
            var page = new Page(text, links, new CSharpHtml(SafeHtml.FindCSharp(markdown), []));
            page.AddMarkdown(markdown);
            return page;
        }
    }
}
