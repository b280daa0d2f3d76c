using System.Text.Unicode;

namespace FashionNotebooks.Runner;

/// <summary>A Jupyter notebook, kept as the JSON that it is, so that a run changes nothing but outputs. (The kernel's
/// package Microsoft.DotNet.Interactive.Documents throws where an output holds JSON, as a chart's does, makes lists of
/// pictures, and adds metadata of its own to each cell.)</summary>
internal sealed class Notebook(string path, string text, JsonObject json)
{
    private const string InjectedTag = "injected-parameters";

    public string Path => path;

    /// <summary>The file's content when it was read.</summary>
    public string Text => text;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<NotebookCell> Cells => [.. CellArray.Select(cell => new NotebookCell(cell!.AsObject()))];

    public IReadOnlyList<NotebookCell> CodeCells => [.. Cells.Where(cell => cell.IsCode)];

    public JsonObject Metadata => json["metadata"]!.AsObject();

    private NotebookCell? ParametersCell => Cells.FirstOrDefault(cell => cell.HasTag("parameters"));

    private JsonArray CellArray => json["cells"]!.AsArray();

    /// <summary>Reads a C# notebook of nbformat 4.0 to 4.5; it becomes one of 4.5, whose cells have ids.</summary>
    /// <exception cref="RunnerException">The file is missing, or no such notebook.</exception>
    public static Notebook Load(string path)
    {
        if (!File.Exists(path))
            throw new RunnerException($"{path}: There is no such file. Check the path.");

        // A pipe, which has no length, would be waited for.
        if (new FileInfo(WholeFile.FollowLinks(path)).Length == 0)
            throw new RunnerException($"{path}: expected a notebook, found an empty file, a device or a pipe.");

        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Contains((byte)0) || !Utf8.IsValid(bytes))
            throw new RunnerException($"{path}: The file is not in UTF-8, as notebooks are. Save it in UTF-8.");

        string text = File.ReadAllText(path);
        return new Notebook(path, text, NotebookFormat.Parse(text, path));
    }

    /// <summary>Reads a notebook with nothing in it but what can be run here.</summary>
    /// <exception cref="RunnerException">It cannot be run. The message says why.</exception>
    public static Notebook LoadToRun(string path)
    {
        if (!path.EndsWith(".ipynb", StringComparison.Ordinal))
            throw new RunnerException($"{path}: expected a notebook, whose name ends in .ipynb. Rename it.");

        Notebook notebook = Load(path);
        string? problem = notebook.CodeCells.Count == 0 ? "There is no code cell. Restore the notebook, or add one."
            : notebook.CodeCells.FirstOrDefault(cell => cell.Missing is not null) is not { } cell ? null
            : $"Only C# is run; cell {cell.Id} asks for {cell.Missing}. Take it out, or write it in C#.";
        return problem is null ? notebook : throw new RunnerException($"{path}: {problem}");
    }

    public Notebook CopyTo(string path) => new(path, text, json.DeepClone().AsObject());

    /// <summary>Removes what an earlier run left: outputs, execution counts and injected parameters.</summary>
    public void Clear()
    {
        CellArray.RemoveAll(cell => new NotebookCell(cell!.AsObject()).HasTag(InjectedTag));
        foreach (NotebookCell cell in CodeCells)
            cell.Record(null, []);
    }

    /// <summary>The metadata of a notebook, <c>tutorial</c>, lists names of results and what the tutorial has for each;
    /// here is what the notebook printed behind that name and a colon.</summary>
    public IEnumerable<(string Name, string Here, string Tutorial)> Results()
    {
        string[] lines = [.. CodeCells.SelectMany(cell => cell.Text.Split('\n'))];
        foreach ((string name, JsonNode? value) in Metadata["tutorial"] as JsonObject ?? [])
        {
            string? line = lines.LastOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal));
            yield return (name, line?[(name.Length + 2)..] ?? "", $"{value}");
        }
    }

    /// <summary>Whether the other has the same text and code; outputs and injected parameters do not count.</summary>
    public bool HasSameCells(Notebook other)
    {
        static IEnumerable<(bool, string)> Sources(Notebook notebook) => notebook.Cells
            .Where(cell => !cell.HasTag(InjectedTag)).Select(cell => (cell.IsCode, cell.Source));

        return Sources(this).SequenceEqual(Sources(other));
    }

    /// <summary>Those of the parameters that the cell tagged <c>parameters</c> declares as variables.</summary>
    public IReadOnlyList<NotebookParameter> FindDeclared(IEnumerable<NotebookParameter> parameters) =>
        [.. parameters.Where(parameter => parameter.IsDeclaredIn(ParametersCell?.Source ?? ""))];

    /// <summary>Adds a cell with other values after the one tagged <c>parameters</c>, as papermill does
    /// (https://papermill.readthedocs.io). Values for which that cell has no variable are left out.</summary>
    public void Inject(IEnumerable<NotebookParameter> parameters)
    {
        string code = string.Join(
            '\n', FindDeclared(parameters).Select(parameter => $"{parameter.Variable} = {parameter.Value};"));
        if (code.Length > 0)
        {
            int index = Cells.ToList().FindIndex(cell => cell.Id == ParametersCell!.Id);
            CellArray.Insert(index + 1, NotebookCell.CreateCode(InjectedTag, code, InjectedTag));
        }
    }

    /// <summary>Writes the notebook; one that is there is replaced once the new one is whole.</summary>
    public void Save(string path) =>
        WholeFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(NotebookJson.Write(json))));
}
