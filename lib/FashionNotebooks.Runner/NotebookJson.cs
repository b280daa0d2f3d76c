using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using JsonException = System.Text.Json.JsonException;

namespace FashionNotebooks.Runner;

/// <summary>Reads and writes a notebook's JSON so that what nobody changes stays as it was written.</summary>
internal static class NotebookJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonReaderException">The text is not JSON; the message says where.</exception>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Strict);
        }
        catch (JsonException)
        {
            // In outputs, which a run replaces, Python writes NaN, and some nest deeply: Newtonsoft.Json reads both.
            using var reader = new JsonTextReader(new StringReader(text));
            reader.MaxDepth = null;
            reader.DateParseHandling = DateParseHandling.None;
            var settings = new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error };
            JToken notebook = JToken.Load(reader, settings);
            foreach (JToken outputs in notebook.SelectTokens("cells[*].outputs").ToList())
                outputs.Replace(new JArray());

            return JsonNode.Parse(notebook.ToString());
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
        if (node is JsonObject { Count: > 0 } properties)
        {
            foreach ((int index, (string name, JsonNode? value)) in properties.Index())
            {
                text.Append(index == 0 ? '{' : ',').Append($"{line} {JsonConvert.ToString(name)}: ");
                Write(value, line + " ", text);
            }

            text.Append(line).Append('}');
        }
        else if (node is JsonArray { Count: > 0 } elements)
        {
            foreach ((int index, JsonNode? element) in elements.Index())
            {
                text.Append(index == 0 ? '[' : ',').Append(line).Append(' ');
                Write(element, line + " ", text);
            }

            text.Append(line).Append(']');
        }
        else if (node is JsonValue value && value.TryGetValue(out JsonElement read))
            text.Append(read.GetRawText());
        else
            text.Append(node?.GetValueKind() == JsonValueKind.String
                ? JsonConvert.ToString((string)node!)
                : node?.ToJsonString() ?? "null");
    }
}
