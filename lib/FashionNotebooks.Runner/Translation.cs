namespace FashionNotebooks.Runner;

/// <summary>The notebooks in Chinese: the text is theirs, code and outputs are those of the English ones.</summary>
internal static class Translation
{
    /// <summary>The folder of the translations, in that of the notebooks.</summary>
    public const string Folder = "zh";

    /// <summary>A notebook with the text of its translation.</summary>
    /// <param name="notebook">An English one, with the outputs to show.</param>
    /// <param name="translation">The one with the same cells in Chinese.</param>
    /// <param name="path">Where it is to be saved.</param>
    public static Notebook Apply(Notebook notebook, Notebook translation, string path)
    {
        Notebook applied = notebook.CopyTo(path);
        foreach (NotebookCell cell in applied.Cells)
        {
            if (cell.IsCode)
            {
                cell.Source = Deepen(cell.Source);
                cell.Record(cell.ExecutionCount, cell.Outputs.Select(Deepen));
            }
            else if (translation.Cells.FirstOrDefault(other => other.Id == cell.Id && !other.IsCode) is { } text)
                cell.CopyFrom(text);
        }

        return applied;
    }

    /// <summary>The code of a cell, or the JSON of an output, in the translation: it is one folder deeper.</summary>
    public static string Deepen(string code) => code
        .Replace("#!import ../", "#!import ../../", StringComparison.Ordinal)
        .Replace("\"../", "\"../../", StringComparison.Ordinal)
        .Replace("Library.Verify()", $"Library.Verify(\"notebooks/{Folder}\")", StringComparison.Ordinal);

    private static JsonObject Deepen(JsonObject output) =>
        JsonNode.Parse(Deepen(output.ToJsonString()))!.AsObject();
}
