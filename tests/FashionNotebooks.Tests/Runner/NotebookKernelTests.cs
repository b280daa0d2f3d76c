using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What a cell does in .NET Interactive's kernel, and what of it reaches the notebook.</summary>
[Trait("Category", "Slow")]
public sealed class NotebookKernelTests(NotebookKernelTests.OneKernel one)
    : IClassFixture<NotebookKernelTests.OneKernel>
{
    private readonly StringWriter terminal = new();
    private CellOutputs? outputs;

    [Fact]
    public async Task A_cell_sees_what_earlier_cells_declared()
    {
        await RunAsync("using System.IO;\nint cats = 40;\nint Add(int more) => cats + more;");
        await RunAsync("cats++;\nvar separator = Path.DirectorySeparatorChar;");

        Assert.Equal("43", await ValueAsync("Add(2)"));
    }

    [Fact]
    public async Task Only_a_last_expression_without_semicolon_is_a_value()
    {
        Assert.Empty(await RunAsync("var word = \"cat\";"));
        Assert.Empty(await RunAsync("word.ToUpper();"));
        Assert.Equal("CAT", await ValueAsync("await Task.Delay(1);\nword = word.ToUpper();\nword"));
    }

    [Fact]
    public async Task Paths_of_files_that_are_referenced_or_imported_begin_in_the_current_directory()
    {
        string before = Directory.GetCurrentDirectory();
        using var folder = new TemporaryNotebooks();
        folder.WriteText("Cat.cs", "using System.IO;\nstring Cat() => \"cat\";");
        Directory.SetCurrentDirectory(folder.Folder);
        try
        {
            string library = Path.GetRelativePath(
                folder.Folder, Path.Combine(AppContext.BaseDirectory, "BigGustave.dll"));
            Assert.Equal("cat", await ValueAsync("#!import Cat.cs\nCat()"));
            Assert.Contains("Dog.cs", (string?)(await RunAsync("#!import Dog.cs\nCat()"))[0]["evalue"]);
            Assert.Equal("True", await ValueAsync(
                $"#r \"{library}\"\nBigGustave.PngBuilder.Create(2, 3, false) is not null"));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    [Fact]
    public async Task Code_that_does_not_compile_is_refused_and_leaves_the_state()
    {
        await RunAsync("int kept = 1;");

        JsonObject error = Assert.Single(await RunAsync("int other = nothing;"));

        Assert.Equal("CompilationError", (string)error["ename"]!);
        Assert.Contains("(1,13): error CS0103", (string)error["evalue"]!);
        Assert.Equal("1", await ValueAsync("kept"));
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
    public async Task A_chart_of_Plotly_NET_is_a_chart()
    {
        string[] libraries = ["Plotly.NET.dll", "DynamicObj.dll", "FSharp.Core.dll"];
        string references = string.Concat(
            libraries.Select(library => $"#r \"{Path.Combine(AppContext.BaseDirectory, library)}\"\n"));

        JsonObject output = Assert.Single(await RunAsync(
            references + "Plotly.NET.GenericChart.ofTraceObject(true, new Plotly.NET.Trace(\"scatter\"))"));

        Assert.Contains("Plotly.newPlot", string.Concat(output["data"]!["text/html"]!.AsArray()));
        Assert.Contains("scatter", output["data"]![FigurePictures.PlotlyType]!.ToJsonString());
        Assert.Equal("A chart of Plotly.NET.", Text(output));
    }

    [Fact]
    public async Task What_the_library_shows_comes_in_every_form_that_a_host_shows()
    {
        string library = Path.Combine(AppContext.BaseDirectory, "FashionNotebooks.dll");
        await RunAsync($"#r \"{library}\"\nusing FashionNotebooks;");

        JsonObject table = Assert.Single(
            await RunAsync("new TextTable(new[] { \"name\" }, new[] { new[] { \"cat\" } })"));
        JsonObject figure = Assert.Single(await RunAsync("Figures.Architecture(new ConvNet())"));

        Assert.Equal(["text/html", "text/plain"], table["data"]!.AsObject().Select(form => form.Key));
        Assert.Equal("name\ncat", Text(table));
        Assert.Equal(
            [FigurePictures.PlotlyType, "text/html", "text/plain"],
            figure["data"]!.AsObject().Select(form => form.Key));
        Assert.StartsWith("Architecture: ", Text(figure));
    }

    private static string Text(JsonObject output) => string.Concat(output["data"]!["text/plain"]!.AsArray());

    private async Task<string> ValueAsync(string code)
    {
        JsonObject output = Assert.Single(await RunAsync(code));
        Assert.True(output.ContainsKey("data"), output.ToJsonString());
        return Text(output);
    }

    private async Task<IReadOnlyList<JsonObject>> RunAsync(string code)
    {
        outputs = new CellOutputs(terminal, executionCount: 7, outputs);
        await one.Kernel.RunAsync(code, outputs, CancellationToken.None);
        return outputs.ToJson();
    }

    /// <summary>The kernel of all these tests, so each uses names of its own.</summary>
    public sealed class OneKernel : IAsyncLifetime
    {
        internal NotebookKernel Kernel { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Kernel = await NotebookKernel.StartAsync();

        public ValueTask DisposeAsync()
        {
            Kernel.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
