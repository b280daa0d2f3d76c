using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

[assembly: AssemblyFixture(typeof(FashionNotebooks.Tests.NotebookRun))]

namespace FashionNotebooks.Tests;

/// <summary>
/// One run of the notebooks, made when a test first asks for it, for one epoch of a tenth of the images, each with the
/// solutions of its exercises as last cells. It runs in a copy of the clone, in a folder and an environment that are
/// hard on a build; the first cell of the first notebook compiles the library there. The environment variable
/// NOTEBOOK_EPOCHS asks for more epochs, of all images.
/// </summary>
public sealed class NotebookRun : IDisposable
{
    /// <summary>The digits depend on the number of threads. MSBuild takes VERSION for the library's.</summary>
    public static readonly Dictionary<string, string?> Variables =
        new() { ["OMP_NUM_THREADS"] = "2", ["VERSION"] = "v1.0-beta_3" };

    private static readonly string? Epochs = Environment.GetEnvironmentVariable("NOTEBOOK_EPOCHS");

    private readonly DirectoryInfo clone = Directory.CreateTempSubdirectory("a b&c #d@e 数据 ");
    private readonly Lazy<(int ExitCode, string Text)> run;

    public NotebookRun() => run = new(Execute);

    /// <summary>All notebooks but the one that takes the times of a thousand trainings.</summary>
    public static TheoryData<string> Names => [.. NotebookFiles.Names.Select(row => row.Data)
        .Where(name => name != CourseNotebooks.RecipesNotebook)];

    public static bool HasAllEpochs => Epochs == "25";

    public int ExitCode => run.Value.ExitCode;

    public string Text => run.Value.Text;

    internal static NotebookParameter[] Parameters =>
        [new("--epochs", "numEpochs", Epochs ?? "1"), new("--seeds", "seeds", "2")];

    public void Dispose() => clone.Delete(recursive: true);

    /// <summary>A notebook as it is run, before its run.</summary>
    public string PathOf(string name) => Path.Combine(clone.FullName, "notebooks", $"{name}.ipynb");

    /// <summary>The notebook's own code cells, without parameters and solutions.</summary>
    internal IEnumerable<NotebookCell> Cells(string name) => Load(name).CodeCells
        .Where(cell => !cell.HasTag("injected-parameters") && !cell.Id.StartsWith(Solution.Prefix));

    internal Notebook Load(string name)
    {
        Assert.True(ExitCode == 0, Text);
        return Notebook.Load(Path.Combine(clone.FullName, "executed", $"{name}.ipynb"));
    }

    private (int ExitCode, string Text) Execute()
    {
        CopyClone();
        string[] paths = [.. Names.Select(row => PathOf(row.Data))];
        foreach (string path in paths)
            PrepareForRun(path);

        string[] options = [.. Parameters.SelectMany(parameter => new[] { parameter.Option, parameter.Value })];
        string output = Path.Combine(clone.FullName, "executed");
        return ToolProcess.Run(
            "dotnet", [RunnerProcess.Program, .. options, "--output", output, "--no-pages", .. paths], Variables);
    }

    private static void PrepareForRun(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string text = File.ReadAllText(path);
        if (Epochs is null || name == CourseNotebooks.SeedsNotebook)
        {
            text = text
                .Replace(
                    "train.Batches(batchSize)",
                    "new BatchLoader(train.Images[..6000], train.Labels[..6000], batchSize)")
                .Replace("[split..]", "[split..6000]");
        }

        JsonNode notebook = JsonNode.Parse(text)!;
        foreach (Solution solution in Solution.OfNotebook(name))
            notebook["cells"]!.AsArray().Add(TemporaryNotebooks.CreateCode(solution.Id, solution.Code));

        File.WriteAllText(path, notebook.ToJsonString());
    }

    // What the notebooks need, and nothing that was made here.
    private void CopyClone()
    {
        IEnumerable<string> files = new[] { "data", "lib", "notebooks" }
            .Select(folder => Path.Combine(Repository.Root, folder))
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Repository.Root))
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any());
        foreach (string path in files)
        {
            string target = Path.Combine(clone.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, path), target);
        }
    }
}
