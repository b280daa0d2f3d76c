using System.Text.Json.Nodes;

namespace FashionNotebooks.Runner;

/// <summary>
/// What a cell prints and shows, in order: at once for the terminal, and as nbformat's outputs for the notebook. Used
/// by several threads.
/// </summary>
/// <param name="terminal">Where it is shown.</param>
internal sealed class CellOutputs(TextWriter terminal)
{
    /// <summary>What has more characters is not kept whole in the notebook.</summary>
    public const int Longest = 4_000_000;

    private const string PlainText = "text/plain";

    private readonly List<Func<int, JsonObject>> outputs = [];
    private readonly List<(string? Id, Dictionary<string, string> Bundle)> values = [];
    private readonly Lock gate = new();
    private (string Stream, PrintedText Text)? printing;

    public bool HasFailed { get; private set; }

    public static string Note(long characters) => $"\n[{characters:N0} more characters are not kept in the notebook]\n";

    /// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">The next piece, which may end anywhere.</param>
    public void Print(string stream, string text)
    {
        lock (gate)
        {
            if (printing?.Stream != stream)
            {
                var printed = new PrintedText();
                printing = (stream, printed);
                outputs.Add(_ => new JsonObject
                {
                    ["name"] = stream,
                    ["output_type"] = "stream",
                    ["text"] = NotebookCell.SplitLines(printed.ToString()),
                });
            }

            printing!.Value.Text.Append(text);
            terminal.Write(text);
        }
    }

    /// <param name="bundle">A text for each MIME type, plain text among them.</param>
    /// <param name="isResult">Whether this is the value of the cell's last expression.</param>
    /// <param name="id">By which the value may be updated.</param>
    public void Show(Dictionary<string, string> bundle, bool isResult, string? id = null)
    {
        Add(number => isResult
            ? new JsonObject
            {
                ["data"] = CreateData(bundle),
                ["execution_count"] = number,
                ["metadata"] = new JsonObject(),
                ["output_type"] = "execute_result",
            }
            : new JsonObject
            {
                ["data"] = CreateData(bundle),
                ["metadata"] = new JsonObject(),
                ["output_type"] = "display_data",
            });
        lock (gate)
        {
            values.Add((id, bundle));
            terminal.WriteLine(bundle[PlainText]);
        }
    }

    /// <summary>Puts another value in the place of one that is shown.</summary>
    public void Update(string id, Dictionary<string, string> bundle)
    {
        lock (gate)
        {
            foreach ((_, Dictionary<string, string> old) in values.Where(value => value.Id == id))
            {
                old.Clear();
                foreach ((string type, string text) in bundle)
                    old[type] = text;
            }
        }
    }

    /// <summary>Notes why the cell ended; the first reason counts.</summary>
    public void Fail(string name, string message, string trace)
    {
        if (HasFailed)
            return;

        HasFailed = true;
        Add(_ => new JsonObject
        {
            ["ename"] = name,
            ["evalue"] = message,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. trace.Split('\n').Select(line => (JsonNode)line.TrimEnd())]),
        });
    }

    /// <summary>Changes the values shown, when the cell has ended.</summary>
    public async Task ConvertAsync(Func<Dictionary<string, string>, Task> convert)
    {
        foreach ((_, Dictionary<string, string> bundle) in values)
            await convert(bundle);
    }

    /// <summary>The outputs as nbformat has them.</summary>
    public IReadOnlyList<JsonObject> ToJson(int executionCount)
    {
        lock (gate)
            return [.. outputs.Select(output => output(executionCount))];
    }

    private void Add(Func<int, JsonObject> output)
    {
        lock (gate)
        {
            outputs.Add(output);
            printing = null;
        }
    }

    private static JsonObject CreateData(Dictionary<string, string> bundle)
    {
        var data = new JsonObject();
        int cut = 0;
        foreach ((string type, string text) in bundle.Where(entry => entry.Key != PlainText).OrderBy(entry => entry.Key))
        {
            if (text.Length > Longest)
                cut += text.Length;
            else if (type.EndsWith("json", StringComparison.Ordinal))
                data[type] = JsonNode.Parse(text);
            else
                data[type] = type.StartsWith("text/", StringComparison.Ordinal) ? NotebookCell.SplitLines(text) : text;
        }

        string plain = bundle[PlainText];
        cut += Math.Max(0, plain.Length - Longest);
        string kept = plain[..Math.Min(plain.Length, Longest)];
        data[PlainText] = NotebookCell.SplitLines(cut == 0 ? kept : kept + Note(cut));
        return data;
    }
}
