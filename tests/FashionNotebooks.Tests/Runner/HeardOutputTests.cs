using System.Text.Json.Nodes;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.TemporaryNotebooks;

namespace FashionNotebooks.Tests;

/// <summary>What the kernel itself drops: updates, what comes late, errors of imports; and cells that ask.</summary>
[Trait("Category", "Slow")]
public sealed class HeardOutputTests(NotebookKernelTests.OneKernel one)
    : IClassFixture<NotebookKernelTests.OneKernel>
{
    private CellOutputs? outputs;

    [Theory]
    [InlineData("var a = display(\"step 0\");\na.Update(\"step 1\");", "a.Update(\"step 2\");", "step 2")]
    [InlineData("#!c#\nvar b = 1.Display(\"text/plain\");", "await Task.Run(() => b.Update(2));", "2")]
    public async Task A_value_that_is_shown_can_be_updated_by_its_cell_and_a_later_one(
        string first, string second, string shown)
    {
        JsonObject output = Assert.Single(await RunAsync(first));

        Assert.Empty(await RunAsync(second));

        Assert.Equal(shown, (string?)output["data"]!["text/plain"]![0]);
    }

    [Theory]
    [InlineData("""Console.WriteLine("late");""", "stdout: late\n")]
    [InlineData("""Console.Error.Write("late");""", "stderr: late")]
    [InlineData("""display("late");""", ": late")]
    public async Task What_a_task_prints_or_shows_after_its_cell_is_heard_in_the_cell_that_runs_then(
        string code, string heard)
    {
        string names = $"n{Guid.NewGuid():N}";
        await RunAsync($"var {names} = new TaskCompletionSource();\n"
            + $"var {names}Work = Task.Run(async () => {{ await {names}.Task; {code} }});");

        JsonObject output = Assert.Single(await RunAsync($"{names}.SetResult();\nawait {names}Work;"));

        Assert.Equal(heard, $"{output["name"]}: {output["text"]?[0] ?? output["data"]!["text/plain"]![0]}");
    }

    [Theory]
    [InlineData("""var a = await Microsoft.DotNet.Interactive.Kernel.GetInputAsync("Your name");""")]
    [InlineData("""await Microsoft.DotNet.Interactive.Kernel.GetPasswordAsync("Password")""")]
    [InlineData("""#!set --name a --value @input:"Your name" """)]
    public async Task A_cell_that_asks_for_input_fails_in_words(string code) =>
        Assert.Equal(NoInput.Reason, (string?)Assert.Single(await RunAsync(code))["evalue"]);

    [Fact]
    public async Task An_import_runs_a_notebook_that_Jupyter_has_saved_and_names_what_fails_in_it()
    {
        using var notebooks = new TemporaryNotebooks();
        string good = notebooks.Write("good.ipynb", CreateCode("a", "int fromHelper = 9;"));
        string bad = notebooks.Write("bad.ipynb", CreateCode("a", "throw new Exception(\"No cat.\");"));
        string script = notebooks.WriteText("bad.cs", "int other = nothing;");
        string foreign = notebooks.Write("foreign.ipynb", CreateCode("a", "#!fsharp\nlet x = 1"));

        Assert.Equal("9", (string?)(await RunAsync($"#!import \"{good}\"\nfromHelper"))[0]["data"]!["text/plain"]![0]);
        Assert.Equal($"{bad}: No cat.", await ErrorAsync(bad));
        Assert.Contains("error CS0103", await ErrorAsync(script));
        Assert.Contains("Only C# is run; cell a asks for #!fsharp", await ErrorAsync(foreign));
    }

    private async Task<string?> ErrorAsync(string path) =>
        (string?)(await RunAsync($"#!import \"{path}\"\nConsole.WriteLine();"))[^1]["evalue"];

    private async Task<IReadOnlyList<JsonObject>> RunAsync(string code)
    {
        outputs = new CellOutputs(TextWriter.Null, executionCount: 7, outputs);
        await one.Kernel.RunAsync(code, outputs, CancellationToken.None);
        return outputs.ToJson();
    }
}
