using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>The project's notebooks, for theories that hold for each of them.</summary>
internal static class NotebookFiles
{
    private static readonly string[] AllNames =
    [
        .. Directory.GetFiles(Repository.Notebooks, "*.ipynb")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. AllNames];

    /// <summary>Those that the runner runs when none is named.</summary>
    public static TheoryData<string> RunByDefault =>
        [.. AllNames.Where(name => !CourseNotebooks.LongNotebooks.Contains(name))];

    /// <summary>Those that run in any host: all but the one that draws with packages of its own.</summary>
    public static TheoryData<string> Portable => [.. AllNames.Where(name => name != "6-draw-your-own-charts")];

    /// <summary>What the cell has shown, as JSON.</summary>
    public static string WriteOutputs(NotebookCell cell) =>
        string.Concat(cell.Outputs.Select(output => output.ToJsonString()));

    public static Notebook Load(string name) => Notebook.Load(Path.Combine(Repository.Notebooks, name + ".ipynb"));

    public static IEnumerable<NotebookCell> MarkdownCells(this Notebook notebook) =>
        notebook.Cells.Where(cell => !cell.IsCode);
}
