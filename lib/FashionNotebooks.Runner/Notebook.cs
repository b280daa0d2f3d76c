using System.Text.Json.Nodes;
using Newtonsoft.Json;

namespace FashionNotebooks.Runner;

/// <summary>A Jupyter notebook, nbformat 4 (https://nbformat.readthedocs.io), as the JSON that it is. The kernel's
/// package Microsoft.DotNet.Interactive.Documents throws where an output holds JSON, as a chart's does, makes lists of
/// pictures, and adds metadata of its own to each cell.</summary>
internal sealed class Notebook(string path, string text, JsonObject json)
{
    private const string InjectedTag = "injected-parameters";

    public string Path => path;

    public string Text => text;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<NotebookCell> Cells => [.. CellArray.Select(cell => new NotebookCell(cell!.AsObject()))];

    public IReadOnlyList<NotebookCell> CodeCells => [.. Cells.Where(cell => cell.IsCode)];

    public JsonObject Metadata => json["metadata"]!.AsObject();

    private NotebookCell? ParametersCell => Cells.FirstOrDefault(cell => cell.HasTag("parameters"));

    private JsonArray CellArray => json["cells"]!.AsArray();

    /// <summary>Reads a notebook of nbformat 4.0 to 4.5; it becomes one of 4.5, whose cells have ids.</summary>
    /// <exception cref="RunnerException">The file is missing, or no C# notebook of that format.</exception>
    public static Notebook Load(string path)
    {
        Exception Wrong(string problem, string advice = "Restore it.") =>
            new RunnerException($"{path}: {problem} {advice}");

        if (!File.Exists(path))
            throw Wrong("There is no such file.", "Check the path.");

        string text = File.ReadAllText(path);
        if (text.TrimStart().StartsWith("#!", StringComparison.Ordinal))
        {
            throw Wrong(
                "This is a .dib file, the other format of Polyglot Notebooks: expected .ipynb.",
                "Open it in VS Code and save it with the extension .ipynb.");
        }

        JsonNode? parsed;
        try
        {
            parsed = NotebookJson.Parse(text);
        }
        catch (JsonException e)
        {
            throw Wrong($"The file is not valid JSON: {e.Message}");
        }

        if (parsed is not JsonObject json)
            throw Wrong("The file is not a notebook: its JSON is not an object.");

        if ($"{json["nbformat"]}" != "4")
        {
            throw Wrong($"The format is {json["nbformat"]}.{json["nbformat_minor"]}: expected nbformat 4.",
                "Open it in an editor and save it again, or run: jupyter nbconvert --to notebook.");
        }

        if (json["metadata"] is not JsonObject metadata || json["cells"] is not JsonArray cells)
            throw Wrong("There are no cells, or there is no metadata.");

        foreach ((int index, JsonNode? cell) in cells.Index())
        {
            if (cell is not JsonObject || cell["cell_type"] is not JsonValue || cell["source"] is null
                || cell["metadata"] is not JsonObject)
                throw Wrong($"Cell {index + 1} has no type, source or metadata.");
        }

        if (!IsCSharp(metadata))
            throw Wrong("The kernel's language is not C#.", "Choose the kernel .net-csharp and save it again.");

        var notebook = new Notebook(path, text, json);
        notebook.AddIds();
        return notebook;
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

    public IReadOnlyList<NotebookParameter> Taken(IEnumerable<NotebookParameter> parameters) =>
        [.. parameters.Where(parameter => parameter.IsDeclaredIn(ParametersCell?.Source ?? ""))];

    /// <summary>Adds a cell with other values after the one tagged <c>parameters</c>, as papermill does
    /// (https://papermill.readthedocs.io). Values for which that cell has no variable are left out.</summary>
    public void Inject(IEnumerable<NotebookParameter> parameters)
    {
        string[] lines = [.. Taken(parameters).Select(parameter => $"{parameter.Variable} = {parameter.Value};")];
        if (lines.Length > 0)
        {
            int index = Cells.ToList().FindIndex(cell => cell.Id == ParametersCell!.Id);
            CellArray.Insert(index + 1, NotebookCell.CreateCode(InjectedTag, string.Join('\n', lines), InjectedTag));
        }
    }

    /// <summary>Writes the notebook aside and moves it into place, so that it is never half written. A link stays a
    /// link, and a file keeps its permissions.</summary>
    public void Save(string path)
    {
        var link = new FileInfo(path);
        string target = link.LinkTarget is null ? link.FullName : link.ResolveLinkTarget(true)!.FullName;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        string temporary = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            File.WriteAllText(temporary, NotebookJson.Write(json));
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool IsCSharp(JsonObject metadata)
    {
        static JsonNode? Get(JsonNode? node, string property) => (node as JsonObject)?[property];

        JsonNode?[] names =
        [
            Get(Get(metadata, "kernelspec"), "language"),
            Get(Get(metadata, "kernelspec"), "name"),
            Get(Get(metadata, "language_info"), "name"),
            Get(Get(Get(metadata, "polyglot_notebook"), "kernelInfo"), "defaultKernelName"),
        ];
        return names.Any(name => name?.ToString().ToLowerInvariant() is "c#" or "csharp" or ".net-csharp");
    }

    // Editors write notebooks of 4.2 to 4.5 without them.
    private void AddIds()
    {
        json["nbformat_minor"] = 5;
        HashSet<string> ids = [.. Cells.Select(cell => cell.Id)];
        foreach ((int index, JsonNode? cell) in CellArray.Index())
            cell!["id"] ??= ids.Add($"cell-{index + 1}") ? $"cell-{index + 1}" : $"{Guid.NewGuid():N}";
    }
}
