using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>The committed notebooks are clean, portable, small, and carry the outputs of one whole run.</summary>
public sealed class NotebookHygieneTests
{
    public static TheoryData<string> Names => NotebookFiles.Names;

    public static TheoryData<string> PortableNames => NotebookFiles.Portable;

    [Theory]
    [MemberData(nameof(PortableNames))]
    public void Cells_stay_in_the_portable_subset(string name) =>
        Assert.All(NotebookFiles.Load(name).CodeCells, cell => Assert.Empty(PortableSubset.FindViolations(cell)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Metadata_names_the_kernel_as_all_hosts_expect_it(string name)
    {
        JsonObject metadata = NotebookFiles.Load(name).Metadata;

        Assert.Equal(".net-csharp", metadata["kernelspec"]!["name"]!.ToString());
        Assert.Equal("C#", metadata["kernelspec"]!["language"]!.ToString());
        Assert.Equal("csharp", metadata["polyglot_notebook"]!["kernelInfo"]!["defaultKernelName"]!.ToString());

        // With another name, Polyglot Notebooks changes the file while it opens it, and skips cells that are run then.
        Assert.Equal("polyglot-notebook", metadata["language_info"]!["name"]!.ToString());
        Assert.Equal("csharp", metadata["language_info"]!["pygments_lexer"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Notebooks_that_train_have_one_cell_of_parameters(string name)
    {
        IReadOnlyList<NotebookCell> cells = NotebookFiles.Load(name).CodeCells;
        bool trains = cells.Any(cell => cell.Source.Contains("Trainer.TrainModel("));

        string[] parameters = [.. cells.Where(cell => cell.HasTag("parameters")).Select(cell => cell.Source)];
        Assert.Equal(trains ? 1 : 0, parameters.Length);
        const string Common = @"\d+;\nint seed = 42;\nint batchSize = 64;\nint threads = 2;\nstring device = ""cpu"";$";
        Assert.All(parameters, source => Assert.Matches("int numEpochs = " + Common, source));
    }

    // What the JSON schema of nbformat 4.5 asks for: https://github.com/jupyter/nbformat/blob/main/nbformat/v4.
    [Theory]
    [MemberData(nameof(Names))]
    public void Cells_and_outputs_have_the_properties_of_nbformat_and_no_others(string name)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(NotebookFiles.Load(name).Path))!.AsObject();

        Assert.Equal(["cells", "metadata", "nbformat", "nbformat_minor"], Keys(json));
        Assert.Distinct(json["cells"]!.AsArray().Select(cell => cell!["id"]!.ToString()));
        foreach (JsonNode? cell in json["cells"]!.AsArray())
        {
            Assert.Equal(
                (string)cell!["cell_type"]! == "code"
                    ? ["cell_type", "execution_count", "id", "metadata", "outputs", "source"]
                    : ["cell_type", "id", "metadata", "source"],
                Keys(cell));
            Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", cell["id"]!.ToString());
            Assert.All(cell["outputs"]?.AsArray() ?? [], output => Assert.Equal(
                (string)output!["output_type"]! switch
                {
                    "stream" => ["name", "output_type", "text"],
                    "display_data" => ["data", "metadata", "output_type"],
                    _ => ["data", "execution_count", "metadata", "output_type"],
                },
                Keys(output)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_are_those_of_one_run_in_order(string name)
    {
        IReadOnlyList<NotebookCell> cells = NotebookFiles.Load(name).CodeCells;

        Assert.Equal(Enumerable.Range(1, cells.Count), cells.Select(cell => cell.ExecutionCount ?? 0));
        Assert.Contains(cells, cell => cell.Outputs.Count > 0);
        Assert.DoesNotContain(cells, cell => cell.HasTag("injected-parameters"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_hold_no_errors_warnings_or_names_of_a_machine(string name)
    {
        foreach (NotebookCell cell in NotebookFiles.Load(name).CodeCells)
        {
            Assert.Null(cell.Error);
            Assert.DoesNotContain(cell.Outputs, output => output!["name"]?.ToString() == "stderr");
            string outputs = Regex.Replace(NotebookFiles.WriteOutputs(cell), @"[A-Za-z0-9+/=]{200,}", "");
            Assert.DoesNotMatch(@"/(home|root|Users|tmp|work|usr|var)/|\b[A-Za-z]:\\\\", outputs);
            Assert.DoesNotMatch(@"(?i)\bwarning\b", outputs);
            Assert.All(
                new[] { Environment.MachineName, Environment.UserName }.Where(word => word.Length > 4),
                word => Assert.DoesNotContain(word, outputs));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Figures_show_as_pictures_without_JavaScript(string name)
    {
        JsonObject[] bundles = [.. NotebookFiles.Load(name).CodeCells
            .SelectMany(cell => cell.Outputs)
            .Select(output => output!["data"] as JsonObject)
            .OfType<JsonObject>()
            .Where(data => data.ContainsKey("application/vnd.plotly.v1+json") || data.ContainsKey("image/png"))];

        Assert.NotEmpty(bundles);
        Assert.All(bundles, data =>
        {
            Assert.Equal(
                ["application/vnd.plotly.v1+json", "image/png", "text/plain"], Keys(data));
            Assert.StartsWith("iVBORw0KGgo", data["image/png"]!.ToString());
            Assert.NotEmpty(data["text/plain"]!.AsArray());
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_and_outputs_are_small(string name)
    {
        Notebook notebook = NotebookFiles.Load(name);

        Assert.InRange(new FileInfo(notebook.Path).Length, 0, 2_000_000);
        Assert.All(notebook.CodeCells, cell => Assert.InRange(NotebookFiles.WriteOutputs(cell).Length, 0, 500_000));
    }

    [Theory]
    [MemberData(nameof(PortableNames))]
    public void All_notebooks_compile_and_load_the_library_in_the_same_way(string name)
    {
        IReadOnlyList<NotebookCell> cells = NotebookFiles.Load(name).CodeCells;

        // A cell of its own: some hosts skip what follows an import.
        Assert.Equal(["#!import ../lib/Build.cs", "Library.Verify();"], cells.Take(2).Select(cell => cell.Source));
        string[] load = cells[2].Source.Split('\n');
        Assert.Equal("#!import ../lib/bin/Release/Load.cs", load[0]);
        string project = File.ReadAllText(Repository.LibraryProject);
        string[] usings = Regex.Match(project, "<NotebookUsing Include=\"(.*)\"").Groups[1].Value.Split(';');
        Assert.Subset(usings.Select(name => $"using {name};").ToHashSet(), load[1..].ToHashSet());
    }

    private static IEnumerable<string> Keys(JsonNode node) =>
        node.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal);
}
