using Microsoft.DotNet.Interactive.Formatting;

namespace FashionNotebooks.Runner;

/// <summary>What a cell prints and shows, in order: at once in the terminal, and as nbformat's outputs for the
/// notebook. Used by several threads.</summary>
internal sealed class CellOutputs(TextWriter terminal, int executionCount)
{
    private readonly List<JsonObject> outputs = [];
    private readonly List<(JsonObject Output, PrintedText Text)> streams = [];
    private readonly Dictionary<string, JsonObject> byId = [];
    private readonly Lock gate = new();

    /// <summary>Adds printed text. The terminal gets it as it is, and writes over a line after a carriage return; the
    /// notebook keeps what the terminal shows in the end.</summary>
    public void Print(string stream, string text)
    {
        lock (gate)
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

    /// <summary>Adds a value in several forms, by MIME type; the terminal gets the plain text.</summary>
    public void Show(IReadOnlyDictionary<string, string> forms, bool isResult, string? id = null)
    {
        var output = new JsonObject { ["data"] = CreateData(forms), ["metadata"] = new JsonObject() };
        output["output_type"] = isResult ? "execute_result" : "display_data";
        if (isResult)
            output.Insert(1, "execution_count", executionCount);

        lock (gate)
        {
            outputs.Add(output);
            if (id is not null)
                byId[id] = output;

            terminal.WriteLine(forms[PlainTextFormatter.MimeType]);
        }
    }

    /// <summary>Replaces a value that is shown.</summary>
    public void Update(string id, IReadOnlyDictionary<string, string> forms)
    {
        lock (gate)
        {
            if (byId.TryGetValue(id, out JsonObject? output))
                output["data"] = CreateData(forms);
        }
    }

    /// <summary>Notes why the cell ended; the first reason counts.</summary>
    public void Fail(string name, string message, string trace)
    {
        lock (gate)
        {
            if (outputs.Any(output => (string?)output["output_type"] == "error"))
                return;

            outputs.Add(new JsonObject
            {
                ["ename"] = name,
                ["evalue"] = message,
                ["output_type"] = "error",
                ["traceback"] = new JsonArray([.. trace.Split('\n').Select(line => (JsonNode)line.TrimEnd())]),
            });
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

    private static JsonObject CreateData(IReadOnlyDictionary<string, string> forms) => new(forms
        .OrderBy(form => form.Key, StringComparer.Ordinal)
        .Select(form => KeyValuePair.Create(form.Key, CreateContent(form.Key, form.Value))));

    private static JsonNode? CreateContent(string type, string text) =>
        type.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text)
            : type.StartsWith("text/", StringComparison.Ordinal) ? NotebookCell.SplitLines(text) : text;
}
