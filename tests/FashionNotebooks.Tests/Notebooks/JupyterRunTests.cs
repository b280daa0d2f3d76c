using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.ToolProcess;

namespace FashionNotebooks.Tests;

/// <summary>
/// Runs the notebooks for one epoch in Jupyter, where the machine has it and the kernel of the editors, and compares
/// what they print with the runner.
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class JupyterRunTests(NotebookRun run)
{
    public static TheoryData<string> Names =>
        [.. NotebookFiles.RunByDefault.Where(row => NotebookFiles.Portable.Any(other => other.Data == row.Data))];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kernel_prints_what_the_runner_prints(string name)
    {
        string? missing = FindWhatIsMissing();
        Assert.SkipWhen(missing is not null, missing ?? "");
        NotebookCell[] expected =
            [.. run.Load(name).CodeCells.Where(cell => !cell.Id.StartsWith(Solution.Prefix))];

        NotebookCell[] actual = [.. Execute(name).CodeCells];

        Assert.Equal(expected.Length, actual.Length);
        foreach ((NotebookCell runners, NotebookCell kernels) in expected.Zip(actual))
        {
            Assert.Null(kernels.Error);
            Assert.Equal($"{runners.Id}: {Normalize(runners.Text)}", $"{runners.Id}: {Normalize(kernels.Text)}");
        }
    }

    private static string? FindWhatIsMissing()
    {
        try
        {
            if (!Run("jupyter", "kernelspec", "list", "--json").Text.Contains("\".net-csharp\""))
                return "Jupyter has no kernel .net-csharp: notebooks/README.md says how to install it.";

            return Run("dotnet", "interactive", "--version").ExitCode == 0 ? null
                : "Jupyter knows the kernel .net-csharp, but dotnet-interactive is not on PATH.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "There is no jupyter on PATH.";
        }
    }

    // Beside the notebooks' folder, since their paths are relative to it.
    private static Notebook Execute(string name)
    {
        string source = Path.Combine(Repository.Root, "artifacts", $"kernel-{Guid.NewGuid():N}.ipynb");
        try
        {
            Notebook notebook = NotebookFiles.Load(name);
            notebook.Clear();
            notebook.Inject([new("--epochs", "numEpochs", NotebookRun.Epochs)]);
            notebook.Save(source);

            string[] arguments =
            [
                "nbconvert", "--execute", "--to", "notebook", "--inplace",
                "--ExecutePreprocessor.timeout=-1", "--ExecutePreprocessor.startup_timeout=120", source,
            ];
            (int exitCode, string text) = Run("jupyter", arguments, NotebookRun.Threads);
            Assert.True(exitCode == 0, text);
            return Notebook.Load(source);
        }
        finally
        {
            File.Delete(source);
        }
    }

    // Times differ from run to run, and hosts differ in line ends.
    private static string Normalize(string text) =>
        Times().Replace(text.ReplaceLineEndings("\n"), "").Trim();

    [GeneratedRegex(@"\d+m \d+s")]
    private static partial Regex Times();
}
