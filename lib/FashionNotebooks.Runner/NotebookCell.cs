namespace FashionNotebooks.Runner;

/// <summary>A cell of a <see cref="Notebook"/>; changes go into the notebook's JSON.</summary>
internal sealed partial class NotebookCell(JsonObject json)
{
    private readonly JsonObject json = json;

    public string Id => json["id"]?.ToString() ?? "";

    public bool IsCode => json["cell_type"]!.ToString() == "code";

    public bool IsMarkdown => json["cell_type"]!.ToString() == "markdown";

    public string Source
    {
        get => JoinLines(json["source"]);
        set => json["source"] = SplitLines(value);
    }

    /// <summary>The language that Polyglot Notebooks, of this version or an older one, runs the cell in, if the cell
    /// names one.</summary>
    public string? Language => FindNamed("polyglot_notebook", "kernelName")
        ?? FindNamed("dotnet_interactive", "language") ?? FindNamed("vscode", "languageId");

    /// <summary>What the cell asks for and only an editor has: a language other than C#, or a command such as
    /// <c>#!time</c> or <c>%%bash</c>; null if it asks for nothing.</summary>
    public string? Missing => Language is { } language && !CSharp().IsMatch(language) ? language
        : Command().Match(Source) is { Success: true } command ? command.Groups["name"].Value : null;

    /// <summary>The pictures inside it as <c>data:</c> addresses, by their names.</summary>
    public IReadOnlyDictionary<string, string> Attachments => (json["attachments"] as JsonObject ?? [])
        .SelectMany(file => file.Value as JsonObject ?? [], (file, form) => (file.Key, form))
        .DistinctBy(picture => picture.Key).ToDictionary(
            picture => picture.Key,
            picture => SafeHtml.WritePictureData(picture.form.Key, JoinLines(picture.form.Value)));

    public IReadOnlyList<JsonObject> Outputs => [.. (json["outputs"] as JsonArray ?? []).OfType<JsonObject>()];

    public JsonObject Metadata => json["metadata"]!.AsObject();

    public int? ExecutionCount => (int?)json["execution_count"];

    public bool HasRun => ExecutionCount is not null;

    /// <summary>What a reader sees as text: printed lines and values shown. Each output begins on a line of its own.
    /// </summary>
    public string Text => Outputs
        .Select(output => JoinLines(output["text"] ?? FindData(output, "text/plain")))
        .Where(text => text.Length > 0)
        .Aggregate("", (before, text) => before + (before.Length > 0 && before[^1] != '\n' ? "\n" : "") + text);

    /// <summary>The cell's figure as a PNG file, if the notebook was executed with pictures.</summary>
    public byte[]? Picture => Outputs
        .Select(output => FindData(output, "image/png")).OfType<JsonNode>().Select(JoinLines)
        .Select(Convert.FromBase64String).FirstOrDefault();

    /// <summary>Why the cell failed; null if it did not. An exception in a cell with the tag <c>raises-exception</c> is
    /// meant to be shown.</summary>
    public string? Error => Outputs
        .Where(output => $"{output["output_type"]}" == "error")
        .FirstOrDefault(error => !HasTag("raises-exception") || $"{error["ename"]}" == CellOutputs.Stopped)
        ?["evalue"]?.ToString();

    public static JsonObject CreateCode(string id, string source, string tag) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) },
        ["outputs"] = new JsonArray(),
        ["source"] = SplitLines(source),
    };

    public bool HasTag(string tag) =>
        json["metadata"]?["tags"] is JsonArray tags && tags.Any(entry => entry?.ToString() == tag);

    /// <summary>Whether it has one of the tags, spelt with hyphens or underscores, or of these set in its metadata.
    /// </summary>
    public bool HasMark(params string[] marks) => marks.Any(mark =>
        HasTag(mark) || HasTag(mark.Replace('-', '_')) || $"{json["metadata"]?[mark]}" == "true"
            || $"{(json["metadata"]?["jupyter"] as JsonObject)?[mark]}" == "true");

    /// <summary>Takes over all that the other cell is.</summary>
    public void CopyFrom(NotebookCell other)
    {
        foreach ((string name, JsonNode? value) in other.json)
            json[name] = value?.DeepClone();
    }

    public void Record(int? executionCount, IEnumerable<JsonObject> outputs)
    {
        json["execution_count"] = executionCount;
        (json["outputs"] as JsonArray)?.Clear(); // Some of the outputs may be in it, and a node has one parent.
        json["outputs"] = new JsonArray([.. outputs]);
    }

    /// <summary>A text as nbformat stores it: a list of lines that keep their ends.</summary>
    public static JsonArray SplitLines(string text)
    {
        string[] lines = text.Split('\n');
        return new JsonArray([.. lines[..^1].Select(line => line + "\n").Append(lines[^1])
            .Where(line => line.Length > 0).Select(line => (JsonNode)line)]);
    }

    /// <summary>A text that nbformat stores as a list of lines, or as one.</summary>
    public static string JoinLines(JsonNode? text) =>
        text is JsonArray lines ? string.Concat(lines) : text?.ToString() ?? "";

    /// <summary>A value in several forms, by MIME type, as nbformat stores it.</summary>
    public static JsonObject CreateData(IReadOnlyDictionary<string, string> forms) => new(forms
        .OrderBy(form => form.Key, StringComparer.Ordinal)
        .Select(form => KeyValuePair.Create(form.Key, CreateContent(form.Key, form.Value))));

    private static JsonNode? CreateContent(string type, string text) =>
        type.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text)
            : type.StartsWith("text/", StringComparison.Ordinal) ? SplitLines(text) : text;

    private static JsonNode? FindData(JsonObject output, string type) => (output["data"] as JsonObject)?[type];

    private string? FindNamed(string group, string name) => (Metadata[group] as JsonObject)?[name]?.ToString();

    [GeneratedRegex(@"^(c#|cs|(\.net-|dotnet-interactive\.)?csharp|polyglot-notebook)$", RegexOptions.IgnoreCase)]
    private static partial Regex CSharp();

    [GeneratedRegex(
        @"^[ \t]*(?<name>#!(?!(c#|csharp|import|set|share|whos?)(\s|$))[a-z][\w#+.-]*)|\A\s*(?<name>%%?[a-z]\w*)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Command();
}
