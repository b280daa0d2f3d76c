using FashionNotebooks.Runner;

[assembly: AssemblyFixture(typeof(FashionNotebooks.Tests.NotebookRun))]

namespace FashionNotebooks.Tests;

/// <summary>One run of all notebooks for one epoch, made when a test first asks for it.</summary>
public sealed class NotebookRun : IDisposable
{
    /// <summary>For whoever compares digits with this run: they depend on the number of threads.</summary>
    public static readonly Dictionary<string, string?> Threads = new() { ["OMP_NUM_THREADS"] = "2" };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-run-");
    private readonly Lazy<(int ExitCode, string Text)> run;

    public NotebookRun() => run = new(() => ToolProcess.Run(
        "dotnet", [RunnerProcess.Program, "--epochs", "1", "--output", folder.FullName], Threads));

    public int ExitCode => run.Value.ExitCode;

    public string Text => run.Value.Text;

    public void Dispose() => folder.Delete(recursive: true);

    internal Notebook Load(string name)
    {
        Assert.True(run.Value.ExitCode == 0, run.Value.Text);
        return Notebook.Load(Path.Combine(folder.FullName, name + ".ipynb"));
    }
}
