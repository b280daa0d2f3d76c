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
    private readonly List<(JsonObject Output, StringBuilder Text)> streams = [];
    private readonly Dictionary<string, JsonObject> shown = before?.shown ?? [];
    private readonly Lock gate = before?.gate ?? new();

    private sealed record Entry(JsonObject Output, string? Id);

    /// <summary>Whether what is written to the terminal next would continue a line of the cell.</summary>
    public bool IsLineOpen => outputs.LastOrDefault()?["name"] is not null && streams[^1].Text is not [.., '\n'];

    /// <summary>The outputs of a cell whose process has ended before they were saved.</summary>
    /// <param name="journal">The file with the journal.</param>
    public static CellOutputs Restore(string journal)
    {
        var restored = new CellOutputs(TextWriter.Null, executionCount: 0);
        foreach (string line in File.ReadAllText(journal).Split('\n')[..^1])
        {
            Entry entry = JsonSerializer.Deserialize<Entry>(line)!;
            restored.Add(entry.Output, entry.Id);
        }

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
    public void CloseLine() => terminal.Write(IsLineOpen ? terminal.NewLine : "");

    /// <summary>Runs an action while no cell adds or changes an output.</summary>
    public void Hold(Action action)
    {
        lock (gate)
            action();
    }

    public IReadOnlyList<JsonObject> ToJson()
    {
        lock (gate)
        {
            // What was printed by an earlier cell is read again only if something was added.
            foreach ((JsonObject output, StringBuilder text) in streams.Where(each => each.Output["text"] is null))
                output["text"] = NotebookCell.SplitLines(PrintedText.Of($"{text}"));

            return [.. outputs];
        }
    }

    private void Add(JsonObject output, string? id = null)
    {
        lock (gate)
        {
            journal?.Write([.. JsonSerializer.SerializeToUtf8Bytes(new Entry(output, id)), (byte)'\n']);
            if (output["name"] is { } name)
                Append($"{name}", $"{output["text"]}");
            else
            {
                CloseLine();
                if (output["data"] is { } data)
                    terminal.WriteLine(NotebookCell.JoinLines(data[PlainTextFormatter.MimeType]));

                if (id is null || shown.TryAdd(id, output))
                    outputs.Add(output);
                else
                    shown[id]["data"] = output["data"]!.DeepClone();
            }
        }
    }

    private void Append(string stream, string text)
    {
        if ((string?)outputs.LastOrDefault()?["name"] != stream)
        {
            outputs.Add(new JsonObject { ["name"] = stream, ["output_type"] = "stream" });
            streams.Add((outputs[^1], new StringBuilder()));
        }

        streams[^1].Text.Append(text);
        streams[^1].Output.Remove("text");
        terminal.Write(text);
    }
}
