using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What a cell does in .NET Interactive's kernel, and what of it reaches the notebook.</summary>
[Trait("Category", "Slow")]
public sealed class NotebookKernelTests : IAsyncLifetime
{
    private readonly string currentDirectory = Directory.GetCurrentDirectory();
    private readonly StringWriter terminal = new();
    private NotebookKernel kernel = null!;

    public async ValueTask InitializeAsync() => kernel = await NotebookKernel.StartAsync();

    public ValueTask DisposeAsync()
    {
        kernel.Dispose();
        Directory.SetCurrentDirectory(currentDirectory);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_cell_sees_what_earlier_cells_declared()
    {
        await RunAsync("using System.IO;\nint x = 40;\nint Add(int y) => x + y;");
        await RunAsync("x++;\nvar separator = Path.DirectorySeparatorChar;");

        Assert.Equal("43", await ValueAsync("Add(2)"));
    }

    [Fact]
    public async Task Only_a_last_expression_without_semicolon_is_a_value()
    {
        Assert.Empty(await RunAsync("var word = \"cat\";"));
        Assert.Empty(await RunAsync("word.ToUpper();"));
        Assert.Equal("CAT", await ValueAsync("word = word.ToUpper();\nword"));
    }

    [Fact]
    public async Task A_cell_can_wait() =>
        Assert.Equal("3", await ValueAsync("await Task.Delay(1);\nawait Task.FromResult(3)"));

    [Fact]
    public async Task Paths_begin_in_the_current_directory()
    {
        const string Code = "BigGustave.PngBuilder.Create(2, 3, false) is not null";
        Assert.Contains("CS0103", Error(await RunAsync(Code)));
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        string parent = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

        Assert.Equal("True", await ValueAsync($"#r \"../{parent}/BigGustave.dll\"\n{Code}"));
    }

    [Fact]
    public async Task A_file_can_be_imported_before_the_code_that_uses_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-import-");
        File.WriteAllText(Path.Combine(folder.FullName, "Cat.cs"), "using System.IO;\nstring Cat() => \"cat\";");
        Directory.SetCurrentDirectory(folder.FullName);
        try
        {
            Assert.Equal("cat", await ValueAsync("#!import Cat.cs\nCat()"));
            Assert.Contains("Dog.cs", Error(await RunAsync("#!import Dog.cs\nCat()")));
        }
        finally
        {
            Directory.SetCurrentDirectory(currentDirectory);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Code_that_does_not_compile_is_refused_and_leaves_the_state()
    {
        await RunAsync("int x = 1;");

        JsonObject error = Assert.Single(await RunAsync("int y = nothing;"));

        Assert.Equal("CompilationError", (string)error["ename"]!);
        Assert.Contains("(1,9): error CS0103", (string)error["evalue"]!);
        Assert.Equal("1", await ValueAsync("x"));
    }

    [Fact]
    public async Task An_exception_comes_with_its_type_message_and_trace_after_what_was_printed()
    {
        IReadOnlyList<JsonObject> outputs = await RunAsync(
            "Console.WriteLine(\"so far\");\nthrow new InvalidOperationException(\"No cat.\");");

        Assert.Equal("""["so far\n"]""", outputs[0]["text"]!.ToJsonString());
        Assert.Equal("InvalidOperationException", (string)outputs[1]["ename"]!);
        Assert.Equal("No cat.", (string)outputs[1]["evalue"]!);
        Assert.Contains("Submission#", outputs[1]["traceback"]!.ToJsonString());
    }

    [Fact]
    public async Task Both_streams_are_kept_in_order_and_shown()
    {
        IReadOnlyList<JsonObject> outputs = await RunAsync(
            "Console.Write('a');\nConsole.WriteLine(1);\nConsole.Error.Write(\"wrong\");\nConsole.WriteLine(\"two\");");

        Assert.Equal(["stdout", "stderr", "stdout"], outputs.Select(output => (string)output["name"]!));
        Assert.Equal("a1\nwrongtwo\n", terminal.ToString());
    }

    [Fact]
    public async Task Values_shown_before_the_last_one_stay()
    {
        IReadOnlyList<JsonObject> outputs = await RunAsync("display(\"cat\");\n\"end\"");

        Assert.Equal(["display_data", "execute_result"], outputs.Select(output => (string)output["output_type"]!));
        Assert.Equal(["cat", "end"], outputs.Select(Text));
        Assert.Equal(7, (int)outputs[1]["execution_count"]!);
    }

    [Fact]
    public async Task A_chart_of_Plotly_NET_is_a_chart()
    {
        string[] libraries = ["Plotly.NET.dll", "DynamicObj.dll", "FSharp.Core.dll"];
        string references = string.Concat(
            libraries.Select(library => $"#r \"{Path.Combine(AppContext.BaseDirectory, library)}\"\n"));

        JsonObject output = Assert.Single(await RunAsync(
            references + "Plotly.NET.GenericChart.ofTraceObject(true, new Plotly.NET.Trace(\"scatter\"))"));

        Assert.True(output.ContainsKey("data"), output.ToJsonString());
        Assert.Contains("Plotly.newPlot", string.Concat(output["data"]!["text/html"]!.AsArray()));
        Assert.Contains("scatter", output["data"]![FigurePictures.PlotlyType]!.ToJsonString());
        Assert.Equal("A chart of Plotly.NET.", Text(output));
    }

    [Fact]
    public async Task What_the_library_shows_comes_as_html_and_text()
    {
        string library = Path.Combine(AppContext.BaseDirectory, "FashionNotebooks.dll");
        await RunAsync($"#r \"{library}\"\nusing FashionNotebooks;");

        JsonObject table = Assert.Single(
            await RunAsync("new TextTable(new[] { \"name\" }, new[] { new[] { \"cat\" } })"));
        JsonObject figure = Assert.Single(await RunAsync("Figures.Architecture(new ConvNet())"));

        Assert.Equal("name\ncat", Text(table));
        Assert.StartsWith("Architecture: ", Text(figure));
        Assert.All([table, figure], output => Assert.NotNull(output["data"]!["text/html"]));
    }

    private static string Text(JsonObject output) => string.Concat(output["data"]!["text/plain"]!.AsArray());

    private static string Error(IReadOnlyList<JsonObject> outputs) => (string)Assert.Single(outputs)["evalue"]!;

    private async Task<string> ValueAsync(string code)
    {
        JsonObject output = Assert.Single(await RunAsync(code));
        Assert.True(output.ContainsKey("data"), output.ToJsonString());
        return Text(output);
    }

    private async Task<IReadOnlyList<JsonObject>> RunAsync(string code)
    {
        var outputs = new CellOutputs(terminal, executionCount: 7);
        await kernel.RunAsync(code, null, outputs, CancellationToken.None);
        return outputs.ToJson();
    }
}
