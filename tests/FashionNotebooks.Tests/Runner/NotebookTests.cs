using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

public sealed class NotebookTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();

    public void Dispose() => notebooks.Dispose();

    [Fact]
    public void Reads_cells_whose_source_is_a_text_or_a_list_of_lines()
    {
        JsonObject second = TemporaryNotebooks.CreateCode("b", "");
        second["source"] = new JsonArray("int y = 2;\n", "y");
        var heading = new JsonObject
        {
            ["cell_type"] = "markdown",
            ["id"] = "h",
            ["metadata"] = new JsonObject(),
            ["source"] = "# Title",
        };

        Notebook notebook = Notebook.Load(
            notebooks.Write(heading, TemporaryNotebooks.CreateCode("a", "int x = 1;"), second));

        Assert.Equal("small", notebook.Name);
        Assert.Equal(["h", "a", "b"], notebook.Cells.Select(cell => cell.Id));
        Assert.Equal(["int x = 1;", "int y = 2;\ny"], notebook.CodeCells.Select(cell => cell.Source));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(notebooks.Folder, "none.ipynb");

        var exception = Assert.Throws<RunnerException>(() => Notebook.Load(path));

        Assert.Equal($"{path}: There is no such file. Check the path.", exception.Message);
    }

    [Theory]
    [InlineData("{ broken", "not valid JSON", "Restore it.")]
    [InlineData("[]", "its JSON is not an object", "Restore it.")]
    [InlineData(
        """{"nbformat":3,"nbformat_minor":0,"worksheets":[]}""",
        "The format is 3.0: expected nbformat 4.", "nbconvert")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"metadata":{}}""", "There are no cells", "Restore it.")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"code","source":""}]}""",
        "Cell 1 has no type, source or metadata", "Restore it.")]
    [InlineData(
        """
        {"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[
        {"cell_type":"code","source":""},
        {"cell_type":"code","source":?}]}
        """, "not valid JSON: Unexpected character", "Path 'cells[1].source', line 3, position 29")]
    [InlineData("#!meta\n\n{}\n\n#!csharp\n", "This is a .dib file", "save it with the extension .ipynb")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{"kernelspec":{"language":"python"}}}""",
        "not C#", "Choose the kernel .net-csharp")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{}}""",
        "not C#", "Choose the kernel .net-csharp")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":"x"}""", "there is no metadata", "Restore it.")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"cells":["x"],"metadata":{}}""", "Cell 1 has no", "Restore it.")]
    public void A_file_that_is_no_CSharp_notebook_is_refused_with_advice(string content, string problem, string advice)
    {
        string path = notebooks.Write(content);

        var exception = Assert.Throws<RunnerException>(() => Notebook.Load(path));

        Assert.StartsWith($"{path}: ", exception.Message);
        Assert.Contains(problem, exception.Message);
        Assert.Contains(advice, exception.Message);
    }

    [Fact]
    public void Clear_removes_what_an_earlier_run_left()
    {
        JsonObject cell = TemporaryNotebooks.CreateCode("a", "1");
        cell["execution_count"] = 7;
        cell["outputs"] = new JsonArray(
            new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "1" });
        Notebook notebook = Notebook.Load(
            notebooks.Write(cell, TemporaryNotebooks.CreateCode("i", "seed = 7;", "injected-parameters")));

        notebook.Clear();

        NotebookCell left = Assert.Single(notebook.Cells);
        Assert.Equal("1", left.Source);
        Assert.Empty(left.Outputs);
        Assert.False(left.HasRun);
    }

    [Fact]
    public void Injected_values_follow_the_parameters_that_they_override()
    {
        Notebook notebook = LoadWithParameters();

        notebook.Inject([new("--epochs", "numEpochs", "3"), new("--rate", "rate", "0.5"), new("--seed", "seed", "7")]);

        Assert.Equal(["parameters", "injected-parameters", "use"], notebook.Cells.Select(cell => cell.Id));
        Assert.True(notebook.Cells[1].HasTag("injected-parameters"));
        Assert.True(notebook.Cells[1].IsCode);
        Assert.Equal("numEpochs = 3;\nseed = 7;", notebook.Cells[1].Source);
    }

    [Fact]
    public void Nothing_is_injected_where_no_parameter_is_declared()
    {
        Notebook other = LoadWithParameters();
        other.Inject([new("--rate", "rate", "0.5")]);
        Notebook none = Notebook.Load(notebooks.Write(TemporaryNotebooks.CreateCode("a", "int seed = 42;")));
        none.Inject([new("--seed", "seed", "7")]);

        Assert.Equal(2, other.Cells.Count);
        Assert.Single(none.Cells);
    }

    [Theory]
    [InlineData("int seed=42;", true)]
    [InlineData("int numEpochs = 25, seed = 42;", true)]
    [InlineData("var\n  seed\n=\n42;", true)]
    [InlineData("int seed;", true)]
    [InlineData("// the old notebook had seed = 1 here", false)]
    [InlineData("string text = \" seed = 1\";", false)]
    [InlineData("void Run() { int seed = 1; }", false)]
    [InlineData("const int seed = 42;", false)]
    [InlineData("int theseed = 1;", false)]
    public void A_parameter_is_a_variable_that_the_cell_declares(string source, bool isDeclared) =>
        Assert.Equal(isDeclared, new NotebookParameter("--seed", "seed", "7").IsDeclaredIn(source));

    [Fact]
    public void A_second_injection_replaces_the_first()
    {
        Notebook notebook = LoadWithParameters();
        notebook.Inject([new("--seed", "seed", "7")]);

        notebook.Clear();
        notebook.Inject([new("--seed", "seed", "8")]);

        Assert.Equal("seed = 8;", Assert.Single(notebook.Cells, cell => cell.HasTag("injected-parameters")).Source);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public void Cells_without_ids_get_some(int minor)
    {
        JsonObject first = TemporaryNotebooks.CreateCode("cell-2", "1");
        JsonObject second = TemporaryNotebooks.CreateCode("", "2");
        JsonObject third = TemporaryNotebooks.CreateCode("", "3");
        second.Remove("id");
        third.Remove("id");
        third.Remove("outputs");
        JsonObject json = TemporaryNotebooks.CreateNotebook(first, second, third);
        json["nbformat_minor"] = minor;
        string path = notebooks.Write(json.ToJsonString());

        Notebook.Load(path).Save(path);

        string[] ids = [.. Notebook.Load(path).Cells.Select(cell => cell.Id)];
        Assert.Equal("cell-2", ids[0]);
        Assert.Equal("cell-3", ids[2]);
        Assert.Distinct(ids);
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", id));
        Assert.Contains("\"nbformat_minor\": 5", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("""{"kernelspec":{"name":".net-csharp"}}""")]
    [InlineData("""{"kernelspec":{"name":"other","language":"c#"}}""")]
    [InlineData("""{"kernelspec":{"name":"dotnet"},"language_info":{"name":"C#"}}""")]
    [InlineData("""{"polyglot_notebook":{"kernelInfo":{"defaultKernelName":"csharp"}}}""")]
    public void Any_field_may_say_that_the_language_is_CSharp(string metadata) =>
        Notebook.Load(notebooks.Write($$$"""{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{{{metadata}}}}"""));

    [Theory]
    [InlineData("""{ "x": NaN, "y": [-Infinity] }""")]
    [InlineData(null)]
    public void Old_outputs_do_not_decide_whether_a_notebook_can_be_run(string? value)
    {
        value ??= new string('[', 500) + new string(']', 500);
        string path = notebooks.Write(TemporaryNotebooks.CreateNotebook(
            TemporaryNotebooks.CreateCode("a", "\"outputs\""), TemporaryNotebooks.CreateCode("b", "2")).ToJsonString()
            .Replace("\"outputs\":[]", $$$"""
                "outputs":[{"output_type":"execute_result","data":{"application/json":{{{value}}}},"metadata":{}}]
                """));

        Notebook notebook = Notebook.Load(path);
        notebook.Clear();

        Assert.Equal(["\"outputs\"", "2"], notebook.Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void Text_that_is_not_touched_stays_as_it_was_written()
    {
        const string Source = """
            "source": "你好 👍🏽 é “x” \u00e9 \/ \ud800 \t& <b> \u0026\u2028 "
            """;
        string path = notebooks.Write($$"""
            {"cells": [{"cell_type": "markdown", "id": "m", "metadata": {"a": 1.50, "b": 1E2},
            {{Source}}
            }], "metadata": {"kernelspec": {"name": ".net-csharp"} }, "nbformat": 4, "nbformat_minor": 5}
            """);

        Notebook.Load(path).Save(path);

        string text = File.ReadAllText(path);
        Assert.All([Source, "\"a\": 1.50", "\"b\": 1E2"], part => Assert.Contains(part, text));
    }

    [Fact]
    public void Saving_follows_a_link_and_keeps_the_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need rights there, and files have no mode.");
            return;
        }

        string path = notebooks.Write(TemporaryNotebooks.CreateCode("a", "1"));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string link = Path.Combine(notebooks.Folder, "link.ipynb");
        File.CreateSymbolicLink(link, "small.ipynb");
        Notebook notebook = Notebook.Load(link);
        notebook.Inject([]);

        notebook.Save(link);

        Assert.Equal("small.ipynb", new FileInfo(link).LinkTarget);
        Assert.StartsWith("{\n \"cells\"", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Saving_keeps_what_this_runner_does_not_know()
    {
        JsonObject json = TemporaryNotebooks.CreateNotebook(TemporaryNotebooks.CreateCode("a", "\"图 → <b>\""));
        json["metadata"]!["polyglot_notebook"] = new JsonObject
        {
            ["kernelInfo"] = new JsonObject { ["defaultKernelName"] = "csharp" },
        };
        json["cells"]![0]!["metadata"]!["slideshow"] = new JsonObject { ["slide_type"] = "slide" };
        string target = Path.Combine(notebooks.Folder, "new", "folder", "saved.ipynb");

        Notebook.Load(notebooks.Write(json.ToJsonString())).Save(target);

        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(File.ReadAllText(target))));
        Assert.Equal(["saved.ipynb"], Directory.GetFiles(Path.GetDirectoryName(target)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Saving_writes_as_Jupyter_does()
    {
        string path = notebooks.Write(TemporaryNotebooks.CreateCode("a", "1"));
        Notebook notebook = Notebook.Load(path);
        var outputs = new CellOutputs(TextWriter.Null, executionCount: 1);
        outputs.Print("stdout", "图 → <b> 👍\t");
        notebook.CodeCells[0].Record(1, outputs.ToJson());

        notebook.Save(path);

        string text = File.ReadAllText(path);
        Assert.StartsWith("{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n", text);
        Assert.EndsWith("\n}\n", text);
        Assert.Contains("\"图 → <b> 👍\\t\"", text);
        Assert.DoesNotContain("\r", text);
    }

    private Notebook LoadWithParameters() => Notebook.Load(notebooks.Write(
        TemporaryNotebooks.CreateCode("parameters", "int numEpochs = 25;\nint seed = 42;", "parameters"),
        TemporaryNotebooks.CreateCode("use", "numEpochs")));
}
