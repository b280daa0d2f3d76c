using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using JsonException = System.Text.Json.JsonException;

namespace FashionNotebooks.Runner;

/// <summary>Reads and writes a notebook's JSON so that what nobody changes stays as it was written.</summary>
internal static class NotebookJson
{
    private static readonly JsonDocumentOptions Unambiguous = new() { AllowDuplicateProperties = false };

    /// <summary>Reads JSON. Where it is such as only Python writes, all outputs are left out.</summary>
    /// <exception cref="JsonReaderException">The text is not JSON; the message says where.</exception>
    /// <exception cref="JsonException">It is not JSON outside of the outputs.</exception>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Unambiguous);
        }
        catch (JsonException)
        {
            // Python writes NaN into outputs, and some nest deeply. Newtonsoft.Json reads both; a run replaces them.
            using var reader = new JsonTextReader(new StringReader(text));
            (reader.MaxDepth, reader.DateParseHandling) = (null, DateParseHandling.None);
            var settings = new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error };
            JToken notebook = JToken.Load(reader, settings);
            if (reader.Read())
                throw new JsonReaderException($"There is more behind its end, in line {reader.LineNumber}.");

            foreach (JToken outputs in notebook.SelectTokens("cells[*].outputs").ToList())
                outputs.Replace(new JArray());

            return JsonNode.Parse(notebook.ToString());
        }
    }

    /// <summary>Writes in the form that Jupyter writes. Strings and numbers that were read stay as they were: .NET's
    /// own writer would escape emoji.</summary>
    public static string Write(JsonNode notebook)
    {
        var text = new StringBuilder();
        Write(notebook, "\n", text);
        return text.Append('\n').ToString();
    }

    private static void Write(JsonNode? node, string line, StringBuilder text)
    {
        (string brackets, IEnumerable<(string Prefix, JsonNode? Value)> children) = node switch
        {
            JsonObject properties => ("{}", properties.Select(p => (JsonConvert.ToString(p.Key) + ": ", p.Value))),
            JsonArray elements => ("[]", elements.Select(element => ("", element))),
            _ => (Leaf(node), []),
        };
        char separator = brackets[0];
        foreach ((string prefix, JsonNode? value) in children)
        {
            text.Append($"{separator}{line} {prefix}");
            Write(value, line + " ", text);
            separator = ',';
        }

        text.Append(separator == ',' ? $"{line}{brackets[1]}" : brackets);
    }

    private static string Leaf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out JsonElement read) ? read.GetRawText()
            : node?.GetValueKind() == JsonValueKind.String ? JsonConvert.ToString((string)node!)
            : node?.ToJsonString() ?? "null";
}
