using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What can go wrong with one notebook harms neither the others nor what was there.</summary>
[Trait("Category", "Slow")]
public sealed class RunnerFailureTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();

    private string OutputFolder => Path.Combine(notebooks.Folder, "executed");

    public void Dispose() => notebooks.Dispose();

    [Fact]
    public void Notebooks_that_cannot_be_read_are_told_and_the_others_run()
    {
        string damaged = Write("damaged", "{ \"cells\": [");
        string old = Write("old", "{ \"nbformat\": 3, \"nbformat_minor\": 0, \"worksheets\": [] }");
        string empty = Write("empty", TemporaryNotebooks.CreateNotebook().ToJsonString());
        string good = Write("good", "1 + 1");

        (int exitCode, string output) = Run(damaged, old, empty, good);

        Assert.Equal(1, exitCode);
        Assert.Contains("The file is not valid JSON: ", output);
        Assert.Contains("The format is 3.0: expected nbformat 4.", output);
        Assert.Contains("There is no code cell.", output);
        Assert.All(
            ["damaged", "old", "empty"],
            name => Assert.Matches($@"│ {name} +│ 0/0 +│ \d:\d\d +│ +│ failed", output));
        Assert.Matches("│ good +│ 1/1 ", output);
        Assert.Equal("2", LoadExecuted("good").CodeCells[0].Text);
        Assert.Equal(["good.ipynb"], Directory.GetFiles(OutputFolder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("""{ "cells": [], "cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5 }""")]
    [InlineData("""{ "cells": [[]], "metadata": {}, "nbformat": 4, "nbformat_minor": 5 }""")]
    [InlineData("""{ "cells": {}, "metadata": [], "nbformat": [4], "nbformat_minor": {} }""")]
    public void Odd_JSON_harms_no_other_notebook(string content)
    {
        string odd = Write("odd", content);
        string good = Write("good", "1 + 1");

        (int exitCode, string output) = Run(odd, good);

        Assert.Equal(1, exitCode);
        Assert.Matches("│ odd +│ 0/0 ", output);
        Assert.Matches("│ good +│ 1/1 ", output);
    }

    [Fact]
    public void A_program_that_a_cell_has_left_behind_does_not_hold_the_run_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");
        string waiting = Write("waiting", """
            string[] arguments = ["-c", "exec sleep 60 > /dev/null"];
            System.Diagnostics.Process.Start("sh", arguments).WaitForExit();
            """);
        var clock = Stopwatch.StartNew();

        (int exitCode, string output) = Run(waiting, "--timeout", "1");

        Assert.Equal(1, exitCode);
        Assert.Contains("The cell took longer than 1 seconds.", output);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 50);
    }

    [Fact]
    public void A_value_that_never_ends_is_given_up_too()
    {
        string endless = Write("endless", """
            IEnumerable<int> All() { int i = 0; while (true) yield return i++; }
            All().Where(i => i < 0)
            """);

        (int exitCode, string output) = Run(endless, "--timeout", "2");

        Assert.Equal(1, exitCode);
        Assert.Contains("The cell took longer than 2 seconds.", output);
    }

    [Fact]
    public void The_notebooks_own_folder_under_another_name_is_refused_for_the_output()
    {
        string source = Write("good", "1 + 1");
        string before = File.ReadAllText(source);
        string link = Path.Combine(Path.GetTempPath(), $"fashion-link-{Guid.NewGuid():N}");
        Directory.CreateSymbolicLink(link, notebooks.Folder);
        try
        {
            (int exitCode, string output) = RunnerProcess.Run(source, "--output", link);

            Assert.Equal(1, exitCode);
            Assert.Contains("would overwrite it", output);
            Assert.Equal(before, File.ReadAllText(source));
        }
        finally
        {
            Directory.Delete(link);
        }
    }

    [Fact]
    public void An_output_folder_that_cannot_be_written_is_refused_before_anything_runs()
    {
        string source = Write("good", "Console.WriteLine(\"running\")");
        string file = Path.Combine(notebooks.Folder, "file");
        File.WriteAllText(file, "");

        (int exitCode, string output) = RunnerProcess.Run(source, "--output", Path.Combine(file, "executed"));

        Assert.Equal(1, exitCode);
        Assert.Contains("nothing can be written there", output);
        Assert.DoesNotContain("running", output);
    }

    [Fact]
    public void A_cell_that_never_ends_is_given_up_and_what_it_printed_is_kept()
    {
        string endless = notebooks.Write(
            TemporaryNotebooks.CreateCode("first", "Console.WriteLine(\"compiled once\");"),
            TemporaryNotebooks.CreateCode("endless", "Console.WriteLine(\"so far\");\nwhile (true) { }"));
        string good = Write("good", "1 + 1");

        (int exitCode, string output) = Run(endless, good, "--timeout", "10", "--in-place");

        Assert.Equal(1, exitCode);
        Assert.Contains("cell endless failed: The cell took longer than 10 seconds.", output);
        Assert.Equal("so far\n", LoadExecuted("small").CodeCells[1].Text);
        Assert.Equal("2", Notebook.Load(good).CodeCells[0].Text);
        Assert.Empty(Notebook.Load(endless).CodeCells[1].Outputs);
    }

    [Fact]
    public void A_missing_temporary_folder_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows looks elsewhere for it.");
        string missing = Path.Combine(notebooks.Folder, "missing");
        string source = Write("good", "1 + 1");

        (int exitCode, string output) = ToolProcess.Run(
            "dotnet", [RunnerProcess.Program, source, "--output", OutputFolder], new() { ["TMPDIR"] = missing });

        Assert.Equal(1, exitCode);
        Assert.Matches($@"good: {missing}/? cannot be written: ", Regex.Replace(output, @"\s+", " "));
    }

    [Fact]
    public void A_full_temporary_folder_is_named()
    {
        const string Mount = "mount -t tmpfs -o size=256k none \"$0\" && TMPDIR=\"$0\" exec \"$@\"";
        string disk = notebooks.Folder + "/disk";
        Directory.CreateDirectory(disk);
        string[] full = ["-rm", "sh", "-c", Mount, disk];
        Assert.SkipUnless(ToolProcess.CanRun("unshare", [.. full, "true"]), "Needs unshare and mount.");
        string source = Write("full", "Console.WriteLine(new string('x', 500_000));");

        (int exitCode, string output) = ToolProcess.Run(
            "unshare", [.. full, "dotnet", RunnerProcess.Program, source, "--output", OutputFolder]);

        Assert.Equal(1, exitCode);
        output = Regex.Replace(output, @"\s+", " ");
        Assert.Matches("full: the process ended with code 1 in cell a. .* the disk was full", output);
        Assert.False(LoadExecuted("full").CodeCells[0].HasRun);
    }

    [Theory]
    [InlineData("Environment.Exit(3);", 3)]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern void abort();\nabort();", 134)]
    public void A_cell_that_ends_the_process_harms_no_other_notebook(string code, int exitCode)
    {
        Assert.SkipWhen(exitCode == 134 && OperatingSystem.IsWindows(), "Windows has no libc.");
        string crashing = Write("crashing", code);
        string good = Write("good", "1 + 1");
        string before = File.ReadAllText(crashing);

        (int exit, string output) = Run(crashing, good, "--in-place");

        Assert.Equal(1, exit);
        Assert.Contains($"the process ended with code {exitCode} in cell a.", output);
        Assert.Equal("2", LoadExecuted("good").CodeCells[0].Text);
        Assert.False(LoadExecuted("crashing").CodeCells[0].HasRun);
        Assert.Equal(before, File.ReadAllText(crashing));
    }

    [Fact]
    public void A_notebook_that_was_edited_while_it_ran_is_not_replaced()
    {
        string path = Path.Combine(notebooks.Folder, "edited.ipynb");
        string source = Write("edited", "System.IO.File.AppendAllText(\"edited.ipynb\", \" \");");

        (int exitCode, string output) = Run(source, "--in-place");

        Assert.Equal(1, exitCode);
        Assert.Contains("it was changed while it ran, so the executed one did not replace it.", output);
        Assert.EndsWith(" ", File.ReadAllText(path));
        Assert.True(LoadExecuted("edited").CodeCells[0].HasRun);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_run_and_keeps_the_outputs_so_far()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the command env of GNU.");
        string source = notebooks.Write(
            TemporaryNotebooks.CreateCode("first", "1 + 1"),
            TemporaryNotebooks.CreateCode("long", "Console.WriteLine(\"so far\");\nwhile (true) { }"));

        // A shell that starts the tests in the background lets them, and all that they start, ignore Ctrl+C.
        string[] arguments =
            ["--default-signal=INT", "dotnet", RunnerProcess.Program, source, "--output", OutputFolder];
        var start = new ProcessStartInfo("env", arguments) { RedirectStandardOutput = true };
        using Process run = Process.Start(start)!;
        while (run.StandardOutput.ReadLine() is { } line && line != "so far")
        {
        }

        ToolProcess.Run("kill", "-INT", $"{run.Id}");
        Task<string> text = run.StandardOutput.ReadToEndAsync();
        bool ended = run.WaitForExit(TimeSpan.FromSeconds(30));
        if (!ended)
            run.Kill(entireProcessTree: true);

        string output = await text;
        Assert.True(ended, output);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("The run was interrupted.", output);
        Notebook executed = LoadExecuted("small");
        Assert.Equal(["2", "so far\n"], executed.CodeCells.Select(cell => cell.Text));
    }

    [Fact]
    public async Task Two_runs_of_one_notebook_at_once_do_not_disturb_each_other()
    {
        string source = Write(
            "slow", "System.Threading.Thread.Sleep(1000);\nConsole.WriteLine($\"{numEpochs} epochs\");",
            parameters: "int numEpochs = 25;");

        (int ExitCode, string Text)[] runs = await Task.WhenAll(new[] { "1", "2", "3" }.Select(
            epochs => Task.Run(() => RunnerProcess.Run(source, "--epochs", epochs, "--output", OutputFolder))));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Text));
        Assert.Equal(
            ["1 epochs", "2 epochs", "3 epochs"], runs.Select(run => Regex.Match(run.Text, @"\d epochs").Value));
        Assert.Equal(["slow.ipynb"], Directory.GetFiles(OutputFolder).Select(Path.GetFileName));
        Assert.Matches("^[123] epochs\n$", LoadExecuted("slow").CodeCells[^1].Text);
    }

    private (int ExitCode, string Output) Run(params string[] arguments)
    {
        (int exitCode, string text) = RunnerProcess.Run([.. arguments, "--output", OutputFolder]);
        return (exitCode, Regex.Replace(text, @"\s+", " "));
    }

    /// <summary>
    /// Writes a notebook of one cell, or of two of which the first holds parameters; or a text that is none.
    /// </summary>
    private string Write(string name, string code, string? parameters = null)
    {
        string path = Path.Combine(notebooks.Folder, name + ".ipynb");
        JsonObject cell = TemporaryNotebooks.CreateCode("a", code);
        JsonObject[] cells = parameters is null
            ? [cell]
            : [TemporaryNotebooks.CreateCode("parameters", parameters, "parameters"), cell];
        File.WriteAllText(
            path, code.StartsWith('{') ? code : TemporaryNotebooks.CreateNotebook(cells).ToJsonString());
        return path;
    }

    private Notebook LoadExecuted(string name) => Notebook.Load(Path.Combine(OutputFolder, name + ".ipynb"));
}
