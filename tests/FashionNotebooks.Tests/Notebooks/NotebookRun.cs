using FashionNotebooks.Runner;

[assembly: AssemblyFixture(typeof(FashionNotebooks.Tests.NotebookRun))]

namespace FashionNotebooks.Tests;

/// <summary>One run of all notebooks for one epoch, made when a test first asks for it.</summary>
public sealed class NotebookRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-run-");
    private readonly Lazy<(int ExitCode, string Text)> run;

    public NotebookRun() => run = new(() => RunnerProcess.Run("--epochs", "1", "--output", folder.FullName));

    public int ExitCode => run.Value.ExitCode;

    public string Text => run.Value.Text;

    public void Dispose() => folder.Delete(recursive: true);

    internal Notebook Load(string name)
    {
        Assert.True(run.Value.ExitCode == 0, run.Value.Text);
        return Notebook.Load(Path.Combine(folder.FullName, name + ".ipynb"));
    }
}
