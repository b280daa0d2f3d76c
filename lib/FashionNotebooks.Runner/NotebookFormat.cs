namespace FashionNotebooks.Runner;

/// <summary>The file format of notebooks, nbformat 4 (https://nbformat.readthedocs.io).</summary>
internal static partial class NotebookFormat
{
    /// <summary>Reads a C# notebook of nbformat 4.0 to 4.5; it becomes one of 4.5, whose cells have ids.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="path">The file, for the errors.</param>
    /// <exception cref="RunnerException">The text is no such notebook.</exception>
    public static JsonObject Parse(string text, string path)
    {
        JsonObject? notebook;
        try
        {
            notebook = NotebookJson.Parse(text) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or Newtonsoft.Json.JsonException)
        {
            throw new RunnerException($"{path}: The file is not valid JSON: {e.Message} Restore it. "
                + "If it is a .dib file, open it in VS Code and save it with the extension .ipynb.");
        }

        if (FindProblem(notebook) is { } problem)
            throw new RunnerException($"{path}: {problem}");

        // Editors write notebooks of 4.2 to 4.5 without ids.
        notebook!["nbformat_minor"] = 5;
        foreach (JsonNode? cell in notebook["cells"]!.AsArray())
            cell!["id"] ??= $"{Guid.NewGuid():N}";

        return notebook;
    }

    private static string? FindProblem(JsonObject? notebook)
    {
        if ($"{notebook?["nbformat"]}" is var version && version != "4")
        {
            return $"The format is '{version}': expected nbformat 4. "
                + "Open it in an editor and save it again, or run: jupyter nbconvert --to notebook.";
        }

        bool isWhole = notebook!["metadata"] is JsonObject && notebook["cells"] is JsonArray cells && cells.All(
            cell => cell is JsonObject && cell["cell_type"] is JsonValue && cell["source"] is not null
                && cell["metadata"] is JsonObject);
        if (!isWhole)
            return "It has no metadata or no cells, or a cell has no type, source or metadata. Restore it.";

        return SaysCSharp().IsMatch(notebook["metadata"]!.ToJsonString()) ? null
            : "The kernel's language is not C#. Choose the kernel .net-csharp and save it again.";
    }

    // Editors and Jupyter write it into different properties of the metadata.
    [GeneratedRegex(@"""(\.net-)?c(#|sharp)""", RegexOptions.IgnoreCase)]
    private static partial Regex SaysCSharp();
}
