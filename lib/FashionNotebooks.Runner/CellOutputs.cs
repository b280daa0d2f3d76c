using Microsoft.DotNet.Interactive.Formatting;

namespace FashionNotebooks.Runner;

/// <summary>What a cell prints and shows, in order: at once in the terminal, and as nbformat's outputs for the
/// notebook. Used by several threads.</summary>
/// <param name="terminal">Gets printed text as it is, and values as text.</param>
/// <param name="executionCount">The cell's number.</param>
/// <param name="before">The outputs of the cell before, whose values can still be updated; null for none.</param>
/// <param name="journal">Gets each output at once, for <see cref="Restore"/>; null for none.</param>
internal sealed class CellOutputs(
    TextWriter terminal, int executionCount, CellOutputs? before = null, Stream? journal = null)
{
    /// <summary>The name of an error that is not the cell's own: the cell was stopped, or its process has ended.
    /// </summary>
    public const string Stopped = "Stopped";

    private readonly List<JsonObject> outputs = [];
    private readonly List<(JsonObject Output, PrintedText Text)> streams = [];
    private readonly Dictionary<string, JsonObject> shown = before?.shown ?? [];
    private readonly HashSet<JsonObject> changed = before?.changed ?? [];
    private readonly Lock gate = before?.gate ?? new();

    private sealed record Entry(JsonObject Output, string? Id);

    /// <summary>Whether what is written to the terminal next would continue a line of the cell.</summary>
    public bool IsLineOpen => outputs.LastOrDefault() is { } last && last == streams.LastOrDefault().Output
        && streams[^1].Text.IsLineOpen;

    /// <summary>The outputs of a cell whose process has ended before they were saved.</summary>
    /// <param name="journal">The file with the journal.</param>
    public static CellOutputs Restore(string journal)
    {
        var restored = new CellOutputs(TextWriter.Null, executionCount: 0);
        string[] lines = File.Exists(journal) ? File.ReadAllText(journal).Split('\n') : [""];
        foreach (Entry entry in lines[..^1].Select(line => JsonSerializer.Deserialize<Entry>(line)!))
            restored.Add(entry.Output, entry.Id);

        return restored;
    }

    /// <summary>Adds printed text. The terminal gets it as it is; the notebook keeps what the terminal shows in the
    /// end.</summary>
    public void Print(string stream, string text) =>
        Add(new JsonObject { ["name"] = stream, ["output_type"] = "stream", ["text"] = text });

    /// <summary>Adds a value in several forms, by MIME type, or replaces the one that is shown with the same id, in
    /// whichever cell. The terminal gets the plain text.</summary>
    public void Show(IReadOnlyDictionary<string, string> forms, bool isResult, string? id = null)
    {
        var output = new JsonObject { ["data"] = NotebookCell.CreateData(forms), ["metadata"] = new JsonObject() };
        output["output_type"] = isResult ? "execute_result" : "display_data";
        if (isResult)
            output.Insert(1, "execution_count", executionCount);

        Add(output, id);
    }

    /// <summary>Notes why the cell ended; the first reason counts.</summary>
    public void Fail(string name, string message, string trace)
    {
        lock (gate)
        {
            if (outputs.Any(output => (string?)output["output_type"] == "error"))
                return;

            Add(new JsonObject
            {
                ["ename"] = name,
                ["evalue"] = message,
                ["output_type"] = "error",
                ["traceback"] = new JsonArray([.. trace.Split('\n').Select(line => (JsonNode)line.TrimEnd())]),
            });
        }
    }

    /// <summary>Begins a new line in the terminal if the cell has left one without an end.</summary>
    public void CloseLine()
    {
        lock (gate)
            terminal.Write(IsLineOpen ? terminal.NewLine : "");
    }

    /// <summary>Runs an action during which no cell adds or changes an output.</summary>
    public void Hold(Action action)
    {
        lock (gate)
            action();
    }

    /// <summary>The forms of the values, of all cells, that are shown or updated since this was called last.</summary>
    public IReadOnlyList<JsonObject> TakeChanged()
    {
        lock (gate)
        {
            JsonObject[] taken = [.. changed.Select(output => output["data"]!.AsObject())];
            changed.Clear();
            return taken;
        }
    }

    public IReadOnlyList<JsonObject> ToJson()
    {
        lock (gate)
        {
            foreach ((JsonObject output, PrintedText text) in streams)
                output["text"] = NotebookCell.SplitLines(text.ToString());

            return [.. outputs];
        }
    }

    private void Add(JsonObject output, string? id = null)
    {
        lock (gate)
        {
            journal?.Write([.. JsonSerializer.SerializeToUtf8Bytes(new Entry(output, id)), (byte)'\n']);
            if (output["data"] is { } data)
            {
                CloseLine();
                terminal.WriteLine(NotebookCell.JoinLines(data[PlainTextFormatter.MimeType]));
                changed.Add(shown.GetValueOrDefault(id ?? "", output));
            }

            if ((string?)output["output_type"] == "stream")
                Append((string)output["name"]!, (string)output["text"]!);
            else if (!shown.TryAdd(id ?? $"{Guid.NewGuid()}", output))
                shown[id!]["data"] = output["data"]!.DeepClone();
            else
                outputs.Add(output);
        }
    }

    private void Append(string stream, string text)
    {
        if ((string?)outputs.LastOrDefault()?["name"] != stream)
        {
            outputs.Add(new JsonObject { ["name"] = stream, ["output_type"] = "stream" });
            streams.Add((outputs[^1], new PrintedText()));
        }

        streams[^1].Text.Append(text);
        terminal.Write(text);
    }
}
