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

        var exception = Assert.Throws<NotebookException>(() => Notebook.Load(path));

        Assert.Equal($"{path}: There is no such file. Check the path.", exception.Message);
    }

    [Theory]
    [InlineData("{ broken", "not valid JSON", "Restore it.")]
    [InlineData("[]", "its JSON is not an object", "Restore it.")]
    [InlineData(
        """{"nbformat":3,"nbformat_minor":0,"worksheets":[]}""",
        "The format is 3.0: expected nbformat 4.5", "nbconvert")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":4,"cells":[]}""",
        "The format is 4.4: expected nbformat 4.5", "nbconvert")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"metadata":{}}""", "there are no cells", "Restore it.")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":5,"cells":[{"cell_type":"code","source":""}]}""",
        "A cell has no id", "Restore it.")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{"kernelspec":{"language":"python"}}}""",
        "not C#", "Choose the kernel .net-csharp")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{}}""",
        "not C#", "Choose the kernel .net-csharp")]
    [InlineData(
        """{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":"x"}""",
        "not C#", "Choose the kernel .net-csharp")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"cells":["x"],"metadata":{}}""", "A cell has no id", "Restore it.")]
    public void A_file_that_is_no_CSharp_notebook_is_refused_with_advice(string content, string problem, string advice)
    {
        string path = notebooks.Write(content);

        var exception = Assert.Throws<NotebookException>(() => Notebook.Load(path));

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

        notebook.Inject(new Dictionary<string, string> { ["numEpochs"] = "3", ["rate"] = "0.5", ["seed"] = "7" });

        Assert.Equal(["parameters", "injected-parameters", "use"], notebook.Cells.Select(cell => cell.Id));
        Assert.True(notebook.Cells[1].HasTag("injected-parameters"));
        Assert.True(notebook.Cells[1].IsCode);
        Assert.Equal("numEpochs = 3;\nseed = 7;", notebook.Cells[1].Source);
    }

    [Fact]
    public void Nothing_is_injected_where_no_parameter_is_declared()
    {
        Notebook other = LoadWithParameters();
        other.Inject(new Dictionary<string, string> { ["rate"] = "0.5" });
        Notebook none = Notebook.Load(notebooks.Write(TemporaryNotebooks.CreateCode("a", "int seed = 42;")));
        none.Inject(new Dictionary<string, string> { ["seed"] = "7" });

        Assert.Equal(2, other.Cells.Count);
        Assert.Single(none.Cells);
    }

    [Fact]
    public void A_second_injection_replaces_the_first()
    {
        Notebook notebook = LoadWithParameters();
        notebook.Inject(new Dictionary<string, string> { ["seed"] = "7" });

        notebook.Clear();
        notebook.Inject(new Dictionary<string, string> { ["seed"] = "8" });

        Assert.Equal("seed = 8;", Assert.Single(notebook.Cells, cell => cell.HasTag("injected-parameters")).Source);
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
        string path = notebooks.Write(TemporaryNotebooks.CreateCode("a", "\"图 → <b>\""));

        Notebook.Load(path).Save(path);

        string text = File.ReadAllText(path);
        Assert.StartsWith("{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n", text);
        Assert.EndsWith("\n}\n", text);
        Assert.Contains("图 → <b>", text);
        Assert.DoesNotContain("\r", text);
    }

    private Notebook LoadWithParameters() => Notebook.Load(notebooks.Write(
        TemporaryNotebooks.CreateCode("parameters", "int numEpochs = 25;\nint seed = 42;", "parameters"),
        TemporaryNotebooks.CreateCode("use", "numEpochs")));
}
