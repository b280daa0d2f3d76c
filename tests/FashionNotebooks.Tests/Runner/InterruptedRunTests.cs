using System.Diagnostics;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.TemporaryNotebooks;

namespace FashionNotebooks.Tests;

/// <summary>Runs that end before their notebook does, or disturb each other.</summary>
[Trait("Category", "Slow")]
public sealed class InterruptedRunTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();

    public void Dispose() => notebooks.Dispose();

    [Fact]
    public void A_cell_that_takes_too_long_is_given_up()
    {
        string source = notebooks.Write("small.ipynb", CreateCode("endless", "while (true) { }"));

        (int exitCode, string text) = RunnerProcess.Run(source, "--timeout", "1", "--output", notebooks.Output);

        Assert.Equal(1, exitCode);
        Assert.Contains("cell endless failed: The cell took longer than 1 seconds.", text);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_run_and_keeps_the_outputs_so_far()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the command env of GNU.");
        string source = notebooks.Write(
            "small.ipynb",
            CreateCode("first", "1 + 1"),
            CreateCode("long", "Console.WriteLine(\"so far\");\nwhile (true) { }"));

        // A shell that starts the tests in the background lets them, and all that they start, ignore Ctrl+C.
        string[] arguments =
            ["--default-signal=INT", "dotnet", RunnerProcess.Program, source, "--output", notebooks.Output];
        using Process run = Process.Start(new ProcessStartInfo("env", arguments) { RedirectStandardOutput = true })!;
        while (run.StandardOutput.ReadLine() is { } line && line != "so far")
        {
        }

        ToolProcess.Run("kill", "-INT", $"{run.Id}");
        Task<string> text = run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!run.WaitForExit(TimeSpan.FromSeconds(30)))
            run.Kill(entireProcessTree: true);

        Assert.Contains("The run was interrupted.", await text);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(["2", "so far\n"], LoadExecuted().Select(cell => cell.Text));
    }

    [Fact]
    public async Task Two_runs_of_one_notebook_at_once_do_not_disturb_each_other()
    {
        string source = notebooks.Write(
            "small.ipynb",
            CreateCode("parameters", "int numEpochs = 25;", "parameters"),
            CreateCode("use", "System.Threading.Thread.Sleep(500);\nConsole.WriteLine($\"{numEpochs} epochs\");"));

        (int ExitCode, string Text)[] runs = await Task.WhenAll(new[] { "1", "2" }.Select(epochs => Task.Run(
            () => RunnerProcess.Run(source, "--epochs", epochs, "--output", notebooks.Output))));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Text));
        Assert.Equal(["1 epochs", "2 epochs"], runs.Select(run => Regex.Match(run.Text, @"\d epochs").Value));
        Assert.Equal(["small.ipynb"], Directory.GetFiles(notebooks.Output).Select(Path.GetFileName));
        Assert.Matches("^[12] epochs\n$", LoadExecuted()[^1].Text);
    }

    private IReadOnlyList<NotebookCell> LoadExecuted() =>
        Notebook.Load(Path.Combine(notebooks.Output, "small.ipynb")).CodeCells;
}
