using System.Text.Json.Nodes;

namespace FashionNotebooks.Tests;

/// <summary>A folder for small notebooks, gone after the test.</summary>
internal sealed class TemporaryNotebooks : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-notebooks-");

    public string Folder => folder.FullName;

    /// <summary>A folder inside it for executed notebooks.</summary>
    public string Output => Path.Combine(Folder, "executed");

    public static JsonObject CreateCode(string id, string source, params string[] tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };

    public static JsonObject CreateMarkdown(string id, string source) => new()
    {
        ["cell_type"] = "markdown",
        ["id"] = id,
        ["metadata"] = new JsonObject(),
        ["source"] = source,
    };

    public static JsonObject CreateNotebook(params JsonObject[] cells) => new()
    {
        ["cells"] = new JsonArray(cells),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["language"] = "C#", ["name"] = ".net-csharp" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    /// <returns>The path of the notebook.</returns>
    public string Write(string name, params JsonObject[] cells) =>
        WriteText(name, CreateNotebook(cells).ToJsonString());

    /// <summary>Writes a file that need not be a notebook.</summary>
    public string WriteText(string name, string content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
