using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

[assembly: AssemblyFixture(typeof(FashionNotebooks.Tests.NotebookRun))]

namespace FashionNotebooks.Tests;

/// <summary>
/// One run of all notebooks for one epoch, each with the solutions of its exercises as last cells, made when a test
/// first asks for it. The environment variable NOTEBOOK_EPOCHS asks for more epochs.
/// </summary>
public sealed class NotebookRun : IDisposable
{
    /// <summary>For whoever compares digits with this run: they depend on the number of threads.</summary>
    public static readonly Dictionary<string, string?> Threads = new() { ["OMP_NUM_THREADS"] = "2" };

    public static readonly string Epochs = Environment.GetEnvironmentVariable("NOTEBOOK_EPOCHS") ?? "1";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-run-");
    private readonly Lazy<(int ExitCode, string Text)> run;

    public NotebookRun() => run = new(() => ToolProcess.Run(
        "dotnet",
        [
            RunnerProcess.Program, "--epochs", Epochs, "--output", folder.FullName,
            .. NotebookFiles.RunByDefault.Select(row => WriteWithSolutions(row.Data)),
        ],
        Threads));

    public int ExitCode => run.Value.ExitCode;

    public string Text => run.Value.Text;

    public void Dispose()
    {
        folder.Delete(recursive: true);
        if (run.IsValueCreated)
            NotebookFiles.RunByDefault.ToList().ForEach(row => File.Delete(PathWithSolutions(row.Data)));
    }

    /// <summary>The notebook's own code cells, without parameters and solutions.</summary>
    internal IEnumerable<NotebookCell> Cells(string name) => Load(name).CodeCells
        .Where(cell => !cell.HasTag("injected-parameters") && !cell.Id.StartsWith(Solution.Prefix));

    internal Notebook Load(string name)
    {
        Assert.True(run.Value.ExitCode == 0, run.Value.Text);
        return Notebook.Load(Path.Combine(folder.FullName, name + ".ipynb"));
    }

    // Beside the folder notebooks, so that the paths in the cells lead to the same files.
    private static string WriteWithSolutions(string name)
    {
        JsonNode notebook = JsonNode.Parse(File.ReadAllText(NotebookFiles.Load(name).Path))!;
        foreach (Solution solution in Solution.In(name))
            notebook["cells"]!.AsArray().Add(TemporaryNotebooks.CreateCode(solution.Id, solution.Code));

        string path = PathWithSolutions(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }

    private static string PathWithSolutions(string name) =>
        Path.Combine(Repository.Root, "artifacts", $"{name}.ipynb");
}
