using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FashionNotebooks.Runner;

/// <summary>A Jupyter notebook, nbformat 4.5 (https://nbformat.readthedocs.io), as the JSON that it is.</summary>
internal sealed class Notebook
{
    private const string InjectedTag = "injected-parameters";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

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

    /// <summary>The host without which the notebook cannot be run, from its metadata; null if any will do.</summary>
    public string? Needs => Metadata["needs"]?.ToString();

    private JsonArray CellArray => json["cells"]!.AsArray();

    /// <exception cref="NotebookException">
    /// The file is missing or not a C# notebook of nbformat 4.5 or later.
    /// </exception>
    public static Notebook Load(string path)
    {
        string text;
        JsonObject json;
        try
        {
            text = File.ReadAllText(path);
            json = JsonNode.Parse(text, documentOptions: Strict) as JsonObject
                ?? throw new NotebookException(
                    path, "The file is not a notebook: its JSON is not an object.", "Restore it.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotebookException(path, "There is no such file.", "Check the path.", e);
        }
        catch (JsonException e)
        {
            throw new NotebookException(path, $"The file is not valid JSON ({e.Message})", "Restore it.", e);
        }

        (string major, string minor) = ($"{json["nbformat"]}", $"{json["nbformat_minor"]}");
        if (major != "4" || !int.TryParse(minor, out int number) || number < 5)
        {
            throw new NotebookException(path, $"The format is {major}.{minor}: expected nbformat 4.5.",
                "Open it in an editor and save it again, or run: jupyter nbconvert --to notebook.");
        }

        if (json["cells"] is not JsonArray cells || !cells.All(IsCell))
        {
            throw new NotebookException(
                path, "A cell has no id, type or source, or there are no cells.", "Restore it.");
        }

        var kernel = (json["metadata"] as JsonObject)?["kernelspec"] as JsonObject;
        if (kernel?["language"]?.ToString() != "C#")
        {
            throw new NotebookException(
                path, "The kernel's language is not C#.", "Choose the kernel .net-csharp and save it again.");
        }

        return new Notebook(path, text, json);
    }

    /// <summary>Removes what an earlier run left: outputs, execution counts and injected parameters.</summary>
    public void Clear()
    {
        CellArray.RemoveAll(cell => new NotebookCell(cell!.AsObject()).HasTag(InjectedTag));
        foreach (NotebookCell cell in CodeCells)
            cell.Clear();
    }

    /// <summary>
    /// Adds a cell with other values after the one tagged <c>parameters</c>, as papermill does
    /// (https://papermill.readthedocs.io). Values for which that cell has no variable are left out.
    /// </summary>
    public void Inject(IReadOnlyDictionary<string, string> parameters)
    {
        int index = Cells.ToList().FindIndex(cell => cell.HasTag("parameters"));
        if (index < 0)
            return;

        string declared = Cells[index].Source;
        string[] lines =
        [
            .. parameters
                .Where(entry => declared.Contains($" {entry.Key} ="))
                .Select(entry => $"{entry.Key} = {entry.Value};"),
        ];
        if (lines.Length == 0)
            return;

        JsonObject injected = NotebookCell.CreateCode("injected-parameters", string.Join('\n', lines), InjectedTag);
        CellArray.Insert(index + 1, injected);
    }

    /// <summary>Writes the notebook aside and moves it into place, so that it is never half written.</summary>
    public void Save(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        string temporary = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            File.WriteAllText(temporary, json.ToJsonString(Format) + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool IsCell(JsonNode? node) =>
        node is JsonObject cell && cell["cell_type"] is not null && cell["id"] is not null && cell["source"] is not null
        && cell["metadata"] is JsonObject;
}
