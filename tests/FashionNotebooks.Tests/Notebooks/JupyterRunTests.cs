using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.ToolProcess;

namespace FashionNotebooks.Tests;

/// <summary>
/// Runs the notebooks again in Jupyter, where the machine has it and the kernel of the editors, and compares what they
/// print with the runner.
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class JupyterRunTests(NotebookRun run)
{
    public static TheoryData<string> Names =>
        [.. NotebookRun.Names.Where(row => NotebookFiles.Portable.Any(other => other.Data == row.Data))];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kernel_prints_what_the_runner_prints(string name)
    {
        Assert.SkipUnless(
            CanRun("jupyter", "kernelspec", "list") && CanRun("dotnet", "interactive", "--version"),
            "Needs Jupyter and, on the PATH, dotnet-interactive: notebooks/README.md says how to install them.");
        NotebookCell[] expected = [.. run.Load(name).CodeCells];

        NotebookCell[] actual = [.. Execute(name).CodeCells];

        // The first cell says whether it had to compile the library, and only that of the first run has to.
        Assert.Equal(expected.Select(cell => cell.Id), actual.Select(cell => cell.Id));
        Assert.All(actual, cell => Assert.Null(cell.Error));
        Assert.Equal(expected.Skip(1).Select(Describe), actual.Skip(1).Select(Describe));
    }

    private Notebook Execute(string name)
    {
        Notebook notebook = Notebook.Load(run.PathOf(name));
        notebook.Inject(NotebookRun.Parameters);
        string path = run.PathOf($"{name}-in-jupyter");
        notebook.Save(path);

        string[] arguments =
        [
            "nbconvert", "--execute", "--to", "notebook", "--inplace",
            "--ExecutePreprocessor.timeout=-1", "--ExecutePreprocessor.startup_timeout=120", path,
        ];
        (int exitCode, string text) = Run("jupyter", arguments, NotebookRun.Variables);
        Assert.True(exitCode == 0, text);
        return Notebook.Load(path);
    }

    // Times differ from run to run, and hosts differ in line ends.
    private static string Describe(NotebookCell cell) =>
        $"{cell.Id}: {Times().Replace(cell.Text.ReplaceLineEndings("\n"), "").Trim()}";

    [GeneratedRegex(@"\d+m \d+s")]
    private static partial Regex Times();
}
