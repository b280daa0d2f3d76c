using System.Text.Json.Nodes;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.TemporaryNotebooks;

namespace FashionNotebooks.Tests;

public sealed class NotebookTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();

    public void Dispose() => notebooks.Dispose();

    [Fact]
    public void Reads_cells_whose_source_is_a_text_or_a_list_of_lines()
    {
        JsonObject lines = CreateCode("b", "");
        lines["source"] = new JsonArray("int y = 2;\n", "y");

        Notebook notebook = Load(CreateMarkdown("h", "# Title"), CreateCode("a", "int x = 1;"), lines);

        Assert.Equal("small", notebook.Name);
        Assert.Equal(["h", "a", "b"], notebook.Cells.Select(cell => cell.Id));
        Assert.Equal(["int x = 1;", "int y = 2;\ny"], notebook.CodeCells.Select(cell => cell.Source));
    }

    [Theory]
    [InlineData("{ broken", "The file is not valid JSON: ")]
    [InlineData("""{"nbformat":4,"nbformat":4}""", "The file is not valid JSON: ")]
    [InlineData("[]", "The format is '': expected nbformat 4.")]
    [InlineData("""{"nbformat":3,"nbformat_minor":0,"worksheets":[]}""", "The format is '3': expected nbformat 4.")]
    [InlineData("""{"nbformat":4,"metadata":{}}""", "It has no metadata or no cells")]
    [InlineData("""{"nbformat":4,"cells":[],"metadata":"x"}""", "It has no metadata or no cells")]
    [InlineData("""{"nbformat":4,"metadata":{},"cells":["x"]}""", "a cell has no type, source or metadata")]
    [InlineData(
        """{"nbformat":4,"metadata":{},"cells":[{"cell_type":"code","source":""}]}""",
        "a cell has no type, source or metadata")]
    [InlineData("""{"nbformat":4,"cells":[],"metadata":{}} >>>>""", "The file is not valid JSON")]
    [InlineData("#!meta\n\n{}\n\n#!csharp\n", "If it is a .dib file, open it in VS Code and save it")]
    [InlineData("""{"nbformat":4,"cells":[],"metadata":{"kernelspec":{"language":"python"}}}""", "is not C#")]
    [InlineData("""{"nbformat":4,"cells":[],"metadata":{}}""", "is not C#. Choose the kernel .net-csharp")]
    public void A_file_that_is_no_CSharp_notebook_is_refused_in_words(string content, string problem)
    {
        string path = notebooks.WriteText("small.ipynb", content);

        var exception = Assert.Throws<RunnerException>(() => Notebook.Load(path));

        Assert.StartsWith($"{path}: ", exception.Message);
        Assert.Contains(problem, exception.Message);
    }

    [Theory]
    [InlineData("""{"kernelspec":{"name":".net-csharp"}}""")]
    [InlineData("""{"kernelspec":{"name":"dotnet"},"language_info":{"name":"C#"}}""")]
    [InlineData("""{"polyglot_notebook":{"kernelInfo":{"defaultKernelName":"csharp"}}}""")]
    public void Any_field_may_say_that_the_language_is_CSharp(string metadata) =>
        Notebook.Load(notebooks.WriteText("small.ipynb", $$$"""{"nbformat":4,"cells":[],"metadata":{{{metadata}}}}"""));

    [Fact]
    public void Cells_without_ids_get_some()
    {
        JsonObject second = CreateCode("", "2");
        JsonObject third = CreateCode("", "3");
        second.Remove("id");
        third.Remove("id");
        third.Remove("outputs");
        JsonObject json = CreateNotebook(CreateCode("first", "1"), second, third);
        json["nbformat_minor"] = 2;
        string path = notebooks.WriteText("small.ipynb", json.ToJsonString());

        Notebook.Load(path).Save(path);

        string[] ids = [.. Notebook.Load(path).Cells.Select(cell => cell.Id)];
        Assert.Equal("first", ids[0]);
        Assert.Distinct(ids);
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", id));
        Assert.Contains("\"nbformat_minor\": 5", File.ReadAllText(path));
    }

    [Fact]
    public void Injected_values_follow_the_parameters_that_they_override_and_replace_those_of_an_earlier_run()
    {
        Notebook notebook = LoadWithParameters();
        notebook.Inject([new("--seed", "seed", "8")]);
        notebook.CodeCells[^1].Record(7, []);

        notebook.Clear();
        notebook.Inject([new("--epochs", "numEpochs", "3"), new("--rate", "rate", "0.5"), new("--seed", "seed", "7")]);

        Assert.Equal(["parameters", "injected-parameters", "use"], notebook.CodeCells.Select(cell => cell.Id));
        Assert.True(notebook.Cells[1].HasTag("injected-parameters"));
        Assert.Equal("numEpochs = 3;\nseed = 7;", notebook.Cells[1].Source);
        Assert.False(notebook.CodeCells[^1].HasRun);
    }

    [Fact]
    public void Nothing_is_injected_where_no_parameter_is_declared()
    {
        Notebook other = LoadWithParameters();
        other.Inject([new("--rate", "rate", "0.5")]);
        Notebook none = Load(CreateCode("a", "int seed = 42;"));
        none.Inject([new("--seed", "seed", "7")]);

        Assert.Equal(2, other.Cells.Count);
        Assert.Single(none.Cells);
    }

    [Theory]
    [InlineData("int seed=42;", true)]
    [InlineData("int numEpochs = 25, seed = 42;", true)]
    [InlineData("var\n  seed\n=\n42;", true)]
    [InlineData("// the old notebook had seed = 1 here", false)]
    [InlineData("string text = \" seed = 1\";", false)]
    [InlineData("void Run() { int seed = 1; }", false)]
    [InlineData("const int seed = 42;", false)]
    [InlineData("int theseed = 1;", false)]
    public void A_parameter_is_a_variable_that_the_cell_declares(string source, bool isDeclared) =>
        Assert.Equal(isDeclared, new NotebookParameter("--seed", "seed", "7").IsDeclaredIn(source));

    [Fact]
    public void Saving_keeps_what_this_runner_does_not_know_and_writes_as_Jupyter_does()
    {
        JsonObject json = CreateNotebook(CreateCode("a", "\"图 → <b>\\t'é'\""));
        json["metadata"]!["polyglot_notebook"] = new JsonObject { ["items"] = new JsonArray(1.50, "x") };
        json["cells"]![0]!["metadata"]!["slideshow"] = new JsonObject { ["slide_type"] = "slide" };
        string target = Path.Combine(notebooks.Folder, "new", "folder", "saved.ipynb");

        Notebook.Load(notebooks.WriteText("small.ipynb", json.ToJsonString())).Save(target);

        string text = File.ReadAllText(target);
        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(text)));
        Assert.StartsWith("{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n", text);
        Assert.EndsWith("\n}\n", text);
        Assert.Equal(["saved.ipynb"], Directory.GetFiles(Path.GetDirectoryName(target)!).Select(Path.GetFileName));
    }

    private Notebook Load(params JsonObject[] cells) => Notebook.Load(notebooks.Write("small.ipynb", cells));

    private Notebook LoadWithParameters() => Load(
        CreateCode("parameters", "int numEpochs = 25;\nint seed = 42;", "parameters"), CreateCode("use", "numEpochs"));
}
