using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>Starts the built runner as a user does.</summary>
[Trait("Category", "Slow")]
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();

    private string OutputFolder => Path.Combine(notebooks.Folder, "executed");

    public void Dispose() => notebooks.Dispose();

    [Fact]
    public void Every_cell_is_run_and_the_outputs_are_written_beside_the_source()
    {
        string source = notebooks.Write(
            TemporaryNotebooks.CreateCode("print", "int x = 20;\nConsole.WriteLine(\"twenty\");"),
            TemporaryNotebooks.CreateCode("value", "x + 1"));
        string before = File.ReadAllText(source);

        (int exitCode, string output) = Run(source, "--output", OutputFolder);

        Assert.Equal(0, exitCode);
        Assert.Contains("twenty", output);
        Assert.Contains("2/2", output);
        Notebook executed = LoadExecuted();
        Assert.Equal(["twenty\n", "21"], executed.CodeCells.Select(cell => cell.Text));
        Assert.Equal("execute_result", (string)executed.CodeCells[1].Outputs[0]!["output_type"]!);
        Assert.Equal(before, File.ReadAllText(source));
    }

    [Fact]
    public void A_cell_that_fails_ends_the_run_and_leaves_the_source()
    {
        string source = notebooks.Write(
            TemporaryNotebooks.CreateCode("first", "1"),
            TemporaryNotebooks.CreateCode(
                "broken", "Console.WriteLine(\"so far\");\nthrow new InvalidOperationException(\"No cat.\");"),
            TemporaryNotebooks.CreateCode("later", "2"));
        string before = File.ReadAllText(source);

        (int exitCode, string output) = Run(source, "--output", OutputFolder, "--in-place");

        Assert.Equal(1, exitCode);
        Assert.Contains("cell broken failed: No cat.", output);
        Notebook executed = LoadExecuted();
        Assert.Equal([null, "No cat.", null], executed.CodeCells.Select(cell => cell.Error));
        Assert.Equal([true, true, false], executed.CodeCells.Select(cell => cell.HasRun));
        Assert.Equal("so far\n", executed.CodeCells[1].Text);
        Assert.Equal(before, File.ReadAllText(source));
    }

    [Fact]
    public void A_cell_that_ends_the_process_counts_as_failed_and_older_output_is_not_taken_for_new()
    {
        string source = notebooks.Write(
            TemporaryNotebooks.CreateCode("first", "1"),
            TemporaryNotebooks.CreateCode("exit", "Environment.Exit(0);"));
        Directory.CreateDirectory(OutputFolder);
        File.WriteAllText(Path.Combine(OutputFolder, "small.ipynb"), "old");

        (int exitCode, string output) = Run(source, "--output", OutputFolder);

        Assert.Equal(1, exitCode);
        Assert.Contains("the process ended with code 0 in cell exit.", output);
        Assert.Equal([true, false], LoadExecuted().CodeCells.Select(cell => cell.HasRun));
    }

    [Fact]
    public void The_folder_of_the_notebooks_is_refused_for_the_output()
    {
        string source = notebooks.Write(TemporaryNotebooks.CreateCode("a", "1"));
        string before = File.ReadAllText(source);

        (int exitCode, string output) = Run(source, "--output", notebooks.Folder + Path.DirectorySeparatorChar);

        Assert.Equal(1, exitCode);
        Assert.Contains("would overwrite it. Choose another --output, or use --in-place.", output);
        Assert.Equal(before, File.ReadAllText(source));
    }

    [Fact]
    public void In_place_replaces_the_source_with_what_was_run_with_the_given_parameters()
    {
        string source = notebooks.Write(
            TemporaryNotebooks.CreateCode("parameters", "int numEpochs = 25;\nint seed = 42;", "parameters"),
            TemporaryNotebooks.CreateCode("use", "$\"{numEpochs} epochs, seed {seed}\""));

        (int exitCode, _) = Run(source, "--output", OutputFolder, "--epochs", "3", "--seed", "-7", "--in-place");

        Assert.Equal(0, exitCode);
        Assert.Equal("3 epochs, seed -7", Notebook.Load(source).CodeCells[^1].Text);
        Assert.Equal(File.ReadAllText(Path.Combine(OutputFolder, "small.ipynb")), File.ReadAllText(source));
    }

    [Fact]
    public void A_translation_runs_in_its_own_folder()
    {
        string source = Path.Combine(Repository.Notebooks, Translation.Folder, "4-dilated-network.ipynb");

        (int exitCode, string output) = Run(source, "--output", OutputFolder);

        Assert.True(exitCode == 0, output);
        Assert.Contains("170,314 parameters", output);
    }

    [Fact]
    public void In_place_gives_the_translation_the_same_code_and_outputs_and_leaves_its_text()
    {
        JsonObject text = TemporaryNotebooks.CreateMarkdown("text", "An English text.");
        JsonObject chinese = TemporaryNotebooks.CreateMarkdown("text", "中文。");
        chinese["metadata"]!["translates"] = "12345678";
        notebooks.Write("zh/small.ipynb", chinese, TemporaryNotebooks.CreateCode("value", "old"));
        string source = notebooks.Write(
            text, TemporaryNotebooks.CreateCode("value", "System.IO.Path.GetFileName(\"../new\")"));

        (int exitCode, string output) = Run(source, "--output", OutputFolder, "--in-place");

        Assert.True(exitCode == 0, output);
        Assert.All([notebooks.Folder, OutputFolder], folder =>
        {
            Notebook translation = Notebook.Load(Path.Combine(folder, "zh", "small.ipynb"));
            Assert.Equal(["中文。", "System.IO.Path.GetFileName(\"../new\")"],
                translation.Cells.Select(cell => cell.Source));
            Assert.Equal("new", translation.CodeCells[0].Text);
            Assert.Equal("12345678", (string?)translation.Cells[0].Metadata["translates"]);
        });
    }

    [Theory]
    [InlineData("There is no option --epoch.", "--epoch", "3")]
    [InlineData("--epochs is 0: expected 1 or more.", "--epochs", "0")]
    [InlineData("--seeds is 0: expected 1 or more.", "--seeds", "0")]
    [InlineData("'many'", "--epochs", "many")]
    public void Options_that_make_no_sense_are_refused(string message, params string[] options)
    {
        string source = notebooks.Write(TemporaryNotebooks.CreateCode("a", "1"));

        (int exitCode, string output) = Run([source, .. options, "--output", OutputFolder]);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, output);
        Assert.False(Directory.Exists(OutputFolder));
    }

    [Fact]
    public void A_missing_notebook_is_named_with_the_known_ones()
    {
        (int exitCode, string output) = Run("none.ipynb", "--output", OutputFolder);

        Assert.Equal(1, exitCode);
        Assert.Contains("none.ipynb: There is no such notebook. Give a path, or one of: 1-", output);
    }

    [Fact]
    public void An_option_that_no_notebook_takes_is_refused_before_anything_runs()
    {
        string source = notebooks.Write(
            TemporaryNotebooks.CreateCode("parameters", "// seed = 1\nint numEpochs=25;", "parameters"));

        (int exitCode, string output) = Run(source, "--epochs", "3", "--seed", "7", "--output", OutputFolder);

        Assert.Equal(1, exitCode);
        Assert.Contains("--seed would change nothing: no notebook declares the variable seed", output);
        Assert.Empty(Directory.GetFiles(OutputFolder));
    }

    [Fact]
    public void In_a_terminal_one_line_says_how_far_the_run_is_and_what_is_printed_stays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has the program script, which makes a terminal.");
        string source = notebooks.Write(
            TemporaryNotebooks.CreateCode("print", "Console.Write(\"tw\");\nConsole.WriteLine(\"enty\\nthirty\");"),
            // Printing for a while, so that the line is drawn meanwhile: both use the console.
            TemporaryNotebooks.CreateCode(
                "much", "for (int i = 0; i < 3000; i++)\n    Console.WriteLine($\"number {i}\");"),
            TemporaryNotebooks.CreateCode("wait", "await Task.Delay(1200);\nConsole.Write(\"forty\");"));
        string command = $"timeout 120 dotnet {RunnerProcess.Program} {source} --no-pages --output {OutputFolder}";

        // At the end of its input script stops waiting for somebody who types.
        (int exitCode, string output) = ToolProcess.Run(
            "sh", ["-c", $"script -qec '{command}' /dev/null < /dev/null"], new() { ["TERM"] = "xterm" });

        Assert.Equal(0, exitCode);
        Assert.Contains("code cell 3 of 3", output);
        Assert.All(["twenty", "thirty", "number 2999", "forty"], line => Assert.Contains(line + "\r\n", output));
        Assert.Contains("3/3", output);
        IEnumerable<string> texts = LoadExecuted().CodeCells.Select(cell => cell.Text);
        Assert.Equal(["twenty\nthirty\n", "forty"], texts.Where((_, index) => index != 1));
    }

    [Fact]
    public void The_pages_are_written_beside_the_executed_notebooks()
    {
        string source = notebooks.Write(TemporaryNotebooks.CreateCode("value", "20 + 2"));

        (int exitCode, string output) = RunWithPages(source, "--output", OutputFolder);

        Assert.Equal(0, exitCode);
        Assert.Contains(Path.Combine(OutputFolder, "index.html"), output);
        Assert.Contains(">22</pre>", File.ReadAllText(Path.Combine(OutputFolder, "small.html")));
    }

    [Fact]
    public void Pages_are_written_without_running_anything()
    {
        (int exitCode, _) = RunWithPages("--pages-only", "--output", OutputFolder);

        Assert.Equal(0, exitCode);
        Assert.True(File.Exists(Path.Combine(OutputFolder, "index.html")));
        Assert.Empty(Directory.GetFiles(OutputFolder, "*.ipynb"));
    }

    [Fact]
    public void Pages_only_leaves_nothing_to_run()
    {
        (int exitCode, string output) = RunWithPages("3-train-and-predict", "--pages-only", "--output", OutputFolder);

        Assert.Equal(1, exitCode);
        Assert.Contains("--pages-only runs no notebook: leave out 3-train-and-predict.", output);
        Assert.False(Directory.Exists(OutputFolder));
    }

    [Fact]
    public void Help_lists_the_options()
    {
        (int exitCode, string output) = Run("--help");

        Assert.Equal(0, exitCode);
        Assert.All(
            ["--epochs <N>", "--seed <N>", "--seeds <N>", "--output <DIR>", "--in-place", "--images", "--timeout <N>",
                "--open", "--pages-only", "--no-pages"],
            option => Assert.Contains(option, output));
        Assert.DoesNotContain(NotebookRunner.ExecuteCommand + " ", output);
    }

    // Long messages are wrapped at the width of a terminal.
    private static (int ExitCode, string Output) Run(params string[] arguments) =>
        Unwrap(RunnerProcess.Run(arguments));

    private static (int ExitCode, string Output) RunWithPages(params string[] arguments) =>
        Unwrap(RunnerProcess.RunWithPages(arguments));

    private static (int ExitCode, string Output) Unwrap((int ExitCode, string Text) run) =>
        (run.ExitCode, Regex.Replace(run.Text, @"\s+", " "));

    private Notebook LoadExecuted() => Notebook.Load(Path.Combine(OutputFolder, "small.ipynb"));
}
