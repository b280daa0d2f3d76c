using System.Text.Json.Nodes;
using static Microsoft.DotNet.Interactive.Formatting.PlainTextFormatter;

namespace FashionNotebooks.Runner;

/// <summary>What a cell prints and shows, in order: at once for the terminal, and as nbformat's outputs for the
/// notebook. Used by several threads.</summary>
internal sealed class CellOutputs(TextWriter terminal, int executionCount)
{
    /// <summary>What has more characters is not kept whole in the notebook.</summary>
    public const int Longest = 4_000_000;

    private readonly List<JsonObject> outputs = [];
    private readonly List<(JsonObject Output, PrintedText Text)> streams = [];
    private readonly Dictionary<string, JsonObject> byId = [];
    private readonly Lock gate = new();

    public static string Note(long characters) => $"\n[{characters:N0} more characters are not kept in the notebook]\n";

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

    public void Show(Dictionary<string, string> bundle, bool isResult, string? id = null)
    {
        var output = new JsonObject { ["data"] = CreateData(bundle), ["metadata"] = new JsonObject() };
        output["output_type"] = isResult ? "execute_result" : "display_data";
        if (isResult)
            output.Insert(1, "execution_count", executionCount);

        lock (gate)
        {
            outputs.Add(output);
            if (id is not null)
                byId[id] = output;

            terminal.WriteLine(bundle[MimeType]);
        }
    }

    public void Update(string id, Dictionary<string, string> bundle)
    {
        lock (gate)
        {
            if (byId.TryGetValue(id, out JsonObject? output))
                output["data"] = CreateData(bundle);
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

    private static JsonNode? CreateContent(string type, string text) =>
        type.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text)
            : type.StartsWith("text/", StringComparison.Ordinal) ? NotebookCell.SplitLines(text) : text;

    private static JsonObject CreateData(Dictionary<string, string> bundle)
    {
        string plain = bundle[MimeType];
        int cut = bundle.Where(entry => entry.Value.Length > Longest)
            .Sum(entry => entry.Value.Length - (entry.Key == MimeType ? Longest : 0));
        bundle[MimeType] = plain[..Math.Min(plain.Length, Longest)] + (cut > 0 ? Note(cut) : "");
        return new JsonObject(bundle
            .Where(entry => entry.Value.Length <= Longest || entry.Key == MimeType)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, CreateContent(entry.Key, entry.Value))));
    }
}
