using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using JsonException = System.Text.Json.JsonException;

namespace FashionNotebooks.Runner;

/// <summary>Reads and writes a notebook's JSON so that what nobody changes stays as it was written.</summary>
internal static partial class NotebookJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// Parses a notebook. Outputs that are no JSON for this parser, because Python wrote NaN or they are nested
    /// deeply, are left out: a run replaces them anyway.
    /// </summary>
    /// <exception cref="JsonException">The text is not JSON; the message says where.</exception>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Strict);
        }
        catch (JsonException)
        {
            // The second try decides.
        }

        try
        {
            return JsonNode.Parse(WithoutOutputs(text), documentOptions: Strict);
        }
        catch (JsonException e)
        {
            long line = (e.LineNumber ?? 0) + 1;
            int cell = CountCells(text, line);
            string place = cell == 0 ? $"line {line}" : $"line {line}, cell {cell}";
            string reason = e.Message.Split(" LineNumber: ")[0].Split(" Path: ")[0];
            throw new JsonException($"{place}: {reason}", e);
        }
    }

    /// <summary>Writes in the form that Jupyter writes. Strings and numbers that were read stay as they were.</summary>
    public static string Write(JsonNode notebook)
    {
        var text = new StringBuilder();
        Write(notebook, "\n", text);
        return text.Append('\n').ToString();
    }

    private static void Write(JsonNode? node, string line, StringBuilder text)
    {
        if (node is JsonObject properties)
        {
            WriteAll('{', properties, '}', line, text, property =>
            {
                text.Append(JsonConvert.ToString(property.Key)).Append(": ");
                Write(property.Value, line + " ", text);
            });
        }
        else if (node is JsonArray elements)
            WriteAll('[', elements, ']', line, text, element => Write(element, line + " ", text));
        else if (node is JsonValue value && value.TryGetValue(out JsonElement read))
            text.Append(read.GetRawText());
        else if (node is JsonValue made && made.TryGetValue(out string? word))
            text.Append(JsonConvert.ToString(word));
        else
            text.Append(node?.ToJsonString() ?? "null");
    }

    private static void WriteAll<T>(
        char open, ICollection<T> items, char close, string line, StringBuilder text, Action<T> write)
    {
        text.Append(open);
        foreach ((int index, T item) in items.Index())
        {
            text.Append(index == 0 ? "" : ",").Append(line).Append(' ');
            write(item);
        }

        text.Append(items.Count == 0 ? "" : line).Append(close);
    }

    /// <summary>Empties the outputs of all cells, but for the line ends in them: line numbers stay.</summary>
    private static string WithoutOutputs(string text)
    {
        var kept = new StringBuilder();
        int copied = 0;
        int opened = -1;
        int depth = 0;
        bool isOutputs = false;
        foreach (Match token in Token().Matches(text))
        {
            char kind = token.Value[0];
            if (kind is '[' or '{' && depth++ == OutputsDepth && isOutputs)
                opened = token.Index + 1;
            else if (kind is ']' or '}' && --depth == OutputsDepth && opened >= 0)
            {
                kept.Append(text, copied, opened - copied).Append('\n', text[opened..token.Index].Count(c => c == '\n'));
                (copied, opened) = (token.Index, -1);
            }

            isOutputs = token.Value == "\"outputs\"";
        }

        return kept.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The number of the cell that a line belongs to; 0 if to none.</summary>
    private static int CountCells(string text, long line)
    {
        int depth = 0;
        int cells = 0;
        int lines = 1;
        int last = 0;
        foreach (Match token in Token().Matches(text))
        {
            lines += text.AsSpan(last, token.Index - last).Count('\n');
            last = token.Index;
            if (lines > line)
                break;

            depth += token.Value[0] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
            if (token.Value == "{" && depth == OutputsDepth)
                cells++;
        }

        return cells;
    }

    // notebook { cells [ cell {
    private const int OutputsDepth = 3;

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|[\[\]{}]
        """)]
    private static partial Regex Token();
}
