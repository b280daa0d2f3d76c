using System.CommandLine;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.TemporaryNotebooks;

namespace FashionNotebooks.Tests;

/// <summary>What the command line refuses before anything runs, and its help.</summary>
public sealed class RunnerCommandTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();
    private readonly string source;

    public RunnerCommandTests() => source = notebooks.Write(
        "small.ipynb", CreateCode("parameters", "// seed = 1\nint numEpochs=25;", "parameters"));

    public void Dispose() => notebooks.Dispose();

    [Fact]
    public async Task Help_explains_every_option_and_not_the_runners_own_command()
    {
        (int exitCode, string text) = await CallAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.All(new RunnerCommand().Options, option => Assert.Contains($"{option.Name} ", text));
        Assert.DoesNotContain($"{NotebookProcess.Command} ", text);
    }

    [Theory]
    [InlineData("--epoch is neither a notebook nor an option. Give a path, one of 1-", "--epoch", "3")]
    [InlineData("none.ipynb is neither a notebook nor an option.", "none.ipynb")]
    [InlineData("--epochs is 0: expected 1 to 1000000.", "--epochs", "0")]
    [InlineData("--seeds is 0: expected 1 to 1000000.", "--seeds", "0")]
    [InlineData("--timeout is 1000001: expected 1 to 1000000.", "--timeout", "1000001")]
    [InlineData("'many'", "--epochs", "many")]
    [InlineData("'--output'", "--output", "")]
    [InlineData("--pages-only runs no notebook: leave out ", "--pages-only")]
    [InlineData("--processes would change nothing: no long notebook is named.", "--epochs", "3", "--processes", "2")]
    [InlineData("--seed would change nothing: no notebook declares the variable seed", "--epochs", "3", "--seed", "7")]
    public async Task Arguments_that_make_no_sense_are_refused(string message, params string[] arguments)
    {
        string[] output = arguments.Contains("--output") ? [] : ["--output", notebooks.Output];

        await AssertRefusedAsync(message, [source, .. arguments, .. output]);

        Assert.False(Directory.Exists(notebooks.Output));
    }

    [Theory]
    [InlineData("--epochs", "3")]
    [InlineData("--images")]
    [InlineData("--in-place")]
    [InlineData("--timeout", "60")]
    [InlineData("--threads", "4")]
    [InlineData("--processes", "2")]
    [InlineData("--no-pages")]
    public Task Options_of_a_run_are_refused_where_nothing_is_run(params string[] option) => AssertRefusedAsync(
        $"--pages-only runs no notebook: leave out {option[0]}.",
        ["--pages-only", "--output", notebooks.Output, .. option]);

    [Fact]
    public async Task A_notebook_that_cannot_be_run_is_refused_before_another_starts()
    {
        string damaged = notebooks.WriteText("damaged.ipynb", "{ \"cells\": [");
        string empty = notebooks.Write("empty.ipynb");

        await AssertRefusedAsync($"{damaged}: The file is not valid JSON: ", source, damaged);
        await AssertRefusedAsync($"{empty}: There is no code cell.", source, empty);
    }

    [Fact]
    public async Task Two_notebooks_whose_outputs_would_be_one_file_are_refused()
    {
        string other = notebooks.Write("other/SMALL.ipynb", CreateCode("a", "1"));

        await AssertRefusedAsync($"{other}: Another notebook has the same file name.", source, other);
    }

    [Fact]
    public async Task The_notebooks_own_folder_is_refused_for_the_output_whatever_its_name()
    {
        string link = notebooks.Folder + "-link";
        Directory.CreateSymbolicLink(link, notebooks.Folder);
        try
        {
            string[] outputs = [notebooks.Folder + Path.DirectorySeparatorChar, link];
            foreach (string output in outputs)
            {
                await AssertRefusedAsync(
                    "would overwrite it. Choose another --output, or use --in-place.", source, "--output", output);
            }

            Assert.Equal([source], Directory.GetFiles(notebooks.Folder));
        }
        finally
        {
            Directory.Delete(link);
        }
    }

    [Fact]
    public Task An_output_folder_that_cannot_be_written_is_refused() => AssertRefusedAsync(
        "nothing can be written there", source, "--output", Path.Combine(notebooks.WriteText("file", ""), "executed"));

    internal static async Task AssertRefusedAsync(string message, params string[] arguments)
    {
        string text;
        try
        {
            (int exitCode, text) = await CallAsync(arguments);
            Assert.Equal(1, exitCode);
        }
        catch (RunnerException e)
        {
            text = e.Message;
        }

        Assert.Contains(message, text);
    }

    private static async Task<(int ExitCode, string Text)> CallAsync(params string[] arguments)
    {
        using var text = new StringWriter();
        int exitCode = await new RunnerCommand().Parse(arguments).InvokeAsync(
            new() { EnableDefaultExceptionHandler = false, Output = text, Error = text });
        return (exitCode, text.ToString());
    }
}
