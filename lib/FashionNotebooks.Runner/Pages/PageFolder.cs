using System.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FashionNotebooks.Runner;

/// <summary>The course as pages that any browser opens, without a network or a server.</summary>
/// <param name="folder">Where the executed notebooks are, and where the pages go.</param>
internal sealed class PageFolder(string folder)
{
    /// <summary>The page to begin with.</summary>
    public string Front => Path.Combine(folder, PageLinks.Front);

    /// <summary>Writes a page for each notebook in the folder, and a front page. If some of them are the project's, or
    /// none has been run, the whole course is written: all its notebooks, and the Markdown files beside them.</summary>
    /// <param name="executed">The names of the notebooks that have just been run. Of another, what an earlier run has
    /// left in the folder is shown if the project's notebook still has the same cells; if not, the project's is.
    /// </param>
    public void Write(IReadOnlyCollection<string> executed)
    {
        string? root = NotebookFolder.Root;
        string notebooks = Path.Combine(root ?? "", "notebooks");
        bool isCourse = root is not null
            && (executed.Count == 0 || executed.Any(name => File.Exists(Path.Combine(notebooks, name + ".ipynb"))));

        Directory.CreateDirectory(folder);
        string[] ofCourse = isCourse ? FindNames(notebooks, "*.ipynb") : [];
        string[] texts = isCourse ? FindNames(notebooks, "*.md") : [];
        string readme = isCourse ? File.ReadAllText(Path.Combine(root!, "README.md")) : "";
        Notebook[] shown = [.. ofCourse.Union(FindNames(folder, "*.ipynb")).Order(StringComparer.Ordinal)
            .Select(name => Choose(name, ofCourse.Contains(name) ? notebooks : null, executed)).OfType<Notebook>()];

        var links = new PageLinks([.. shown.Select(notebook => notebook.Name + ".ipynb"), .. texts], notebooks, folder);
        MetadataReference[] references = [.. FindReferences(root ?? "")];
        Page[] chapters = [.. shown.Select(notebook => NotebookPage.Create(notebook, links, references))];
        Page[] pages =
        [
            FrontPage.Create(readme, shown, chapters, links),
            .. chapters,
            .. texts.Select(text => CreateText(Path.Combine(notebooks, text), links)),
        ];
        foreach (Page page in pages)
            File.WriteAllText(Path.Combine(folder, page.FileName), PageFrame.Write(page, pages));

        CopyAssets();
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

    private Notebook? Choose(string name, string? notebooks, IReadOnlyCollection<string> executed)
    {
        Notebook? left = TryLoad(Path.Combine(folder, name));
        Notebook? own = notebooks is null ? null : TryLoad(Path.Combine(notebooks, name));
        bool isCurrent = own is null || left is null
            || executed.Contains(left.Name) || left.HasSameCells(own);
        return isCurrent ? left ?? own : own;
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

    private static Page CreateText(string path, PageLinks links)
    {
        string markdown = File.ReadAllText(path);
        var page = new Page(Path.GetFileName(path), links, new CSharpHtml(SafeHtml.FindCSharp(markdown), []));
        page.AddMarkdown(markdown);
        return page;
    }

    private static string[] FindNames(string folder, string pattern) =>
        [.. Directory.GetFiles(folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>The framework, and the library that the first cell of a notebook has compiled.</summary>
    private static IEnumerable<MetadataReference> FindReferences(string root)
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string library = Path.Combine(root, "lib", "bin", "Release");
        return Directory.GetFiles(framework, "System*.dll")
            .Concat(new[] { "FashionNotebooks.dll", "TorchSharp.dll", "Microsoft.Data.Analysis.dll" }
                .Select(name => Path.Combine(library, name)).Where(File.Exists))
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    private static Notebook? TryLoad(string path)
    {
        try
        {
            return Notebook.Load(path);
        }
        catch (RunnerException)
        {
            return null;
        }
    }
}
