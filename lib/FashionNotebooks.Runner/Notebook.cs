using System.Text.Json;
using System.Text.Json.Nodes;

namespace FashionNotebooks.Runner;

/// <summary>
/// A Jupyter notebook, nbformat 4 (https://nbformat.readthedocs.io), as the JSON that it is. Microsoft's package
/// Microsoft.DotNet.Interactive.Documents would make its own document of it, and lose what it does not know.
/// </summary>
internal sealed class Notebook
{
    private const string InjectedTag = "injected-parameters";

    private readonly JsonObject json;

    private Notebook(string path, string text, JsonObject json)
    {
        Path = path;
        Text = text;
        this.json = json;
    }

    /// <summary>The file that it was read from.</summary>
    public string Path { get; }

    /// <summary>What stood in the file when it was read.</summary>
    public string Text { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<NotebookCell> Cells => [.. CellArray.Select(cell => new NotebookCell(cell!.AsObject()))];

    public IReadOnlyList<NotebookCell> CodeCells => [.. Cells.Where(cell => cell.IsCode)];

    public JsonObject Metadata => json["metadata"]!.AsObject();

    private JsonArray CellArray => json["cells"]!.AsArray();

    /// <summary>Reads a notebook of nbformat 4.0 to 4.5; it becomes one of 4.5, whose cells have ids.</summary>
    /// <exception cref="NotebookException">
    /// The file is missing, cannot be read, or is no C# notebook of that format.
    /// </exception>
    public static Notebook Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotebookException(path, "There is no such file.", "Check the path.", e);
        }

        if (text.TrimStart().StartsWith("#!", StringComparison.Ordinal))
        {
            throw new NotebookException(
                path, "This is a .dib file, the other format of Polyglot Notebooks: expected .ipynb.",
                "Open it in VS Code and save it with the extension .ipynb.");
        }

        var notebook = new Notebook(path, text, Parse(path, text));
        notebook.AddIds();
        return notebook;
    }

    /// <summary>Removes what an earlier run left: outputs, execution counts and injected parameters.</summary>
    public void Clear()
    {
        CellArray.RemoveAll(cell => new NotebookCell(cell!.AsObject()).HasTag(InjectedTag));
        foreach (NotebookCell cell in CodeCells)
            cell.Clear();
    }

    /// <summary>The parameters whose variables the cell tagged <c>parameters</c> declares.</summary>
    public IEnumerable<NotebookParameter> Taken(IEnumerable<NotebookParameter> parameters) =>
        Cells.FirstOrDefault(cell => cell.HasTag("parameters")) is { } cell
            ? parameters.Where(parameter => parameter.IsDeclaredIn(cell.Source))
            : [];

    /// <summary>
    /// Adds a cell with other values after the one tagged <c>parameters</c>, as papermill does
    /// (https://papermill.readthedocs.io). Values for which that cell has no variable are left out.
    /// </summary>
    public void Inject(IEnumerable<NotebookParameter> parameters)
    {
        string[] lines = [.. Taken(parameters).Select(parameter => $"{parameter.Variable} = {parameter.Value};")];
        if (lines.Length == 0)
            return;

        int index = Cells.ToList().FindIndex(cell => cell.HasTag("parameters"));
        JsonObject injected = NotebookCell.CreateCode("injected-parameters", string.Join('\n', lines), InjectedTag);
        CellArray.Insert(index + 1, injected);
    }

    /// <summary>
    /// Writes the notebook aside and moves it into place, so that it is never half written. A link stays a link, and
    /// a file keeps its permissions.
    /// </summary>
    public void Save(string path)
    {
        FileInfo? linked = new FileInfo(path) is { LinkTarget: not null } link
            ? (FileInfo?)link.ResolveLinkTarget(returnFinalTarget: true)
            : null;
        string target = linked?.FullName ?? System.IO.Path.GetFullPath(path);
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

    private static JsonObject Parse(string path, string text)
    {
        JsonObject json;
        try
        {
            json = NotebookJson.Parse(text) as JsonObject ?? throw new NotebookException(
                path, "The file is not a notebook: its JSON is not an object.", "Restore it.");
        }
        catch (JsonException e)
        {
            throw new NotebookException(path, $"The file is not valid JSON in {e.Message}", "Restore it.", e);
        }

        (string major, string minor) = ($"{json["nbformat"]}", $"{json["nbformat_minor"]}");
        if (major != "4")
        {
            throw new NotebookException(path, $"The format is {major}.{minor}: expected nbformat 4.",
                "Open it in an editor and save it again, or run: jupyter nbconvert --to notebook.");
        }

        if (json["metadata"] is not JsonObject metadata || json["cells"] is not JsonArray cells)
            throw new NotebookException(path, "There are no cells, or there is no metadata.", "Restore it.");

        if (cells.Index().FirstOrDefault(entry => !IsCell(entry.Item)) is (var index, _) && !cells.All(IsCell))
            throw new NotebookException(path, $"Cell {index + 1} has no type, source or metadata.", "Restore it.");

        if (!IsCSharp(metadata))
        {
            throw new NotebookException(
                path, "The kernel's language is not C#.", "Choose the kernel .net-csharp and save it again.");
        }

        return json;
    }

    private static bool IsCell(JsonNode? node) =>
        node is JsonObject cell && cell["cell_type"] is JsonValue && cell["source"] is not null
        && cell["metadata"] is JsonObject;

    private static bool IsCSharp(JsonObject metadata)
    {
        JsonNode? kernel = Get(metadata, "kernelspec");
        string?[] names =
        [
            Get(kernel, "language")?.ToString(),
            Get(kernel, "name")?.ToString(),
            Get(Get(metadata, "language_info"), "name")?.ToString(),
            Get(Get(Get(metadata, "polyglot_notebook"), "kernelInfo"), "defaultKernelName")?.ToString(),
        ];
        return names.Any(name => name?.ToLowerInvariant() is "c#" or "csharp" or ".net-csharp");
    }

    private static JsonNode? Get(JsonNode? node, string property) => (node as JsonObject)?[property];

    // Editors write notebooks of 4.2 to 4.5 without them.
    private void AddIds()
    {
        json["nbformat_minor"] = 5;
        HashSet<string> ids = [.. Cells.Select(cell => cell.Id)];
        foreach ((int index, JsonNode? cell) in CellArray.Index())
        {
            string id = $"cell-{index + 1}";
            if (cell!["id"] is null)
                cell["id"] = ids.Add(id) ? id : $"{Guid.NewGuid():N}";
        }
    }
}
