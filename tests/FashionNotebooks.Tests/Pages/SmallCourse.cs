using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>A clone with one notebook, and the folder of its pages; the runner takes it for its own.</summary>
internal sealed class SmallCourse : IDisposable
{
    public const string Title = "# 1. Cats · 猫\n\n*First of one.*\n\n**Aim.** Know a cat.\n\n**Afterwards** you do.";

    private const string BaseDirectory = "APP_CONTEXT_BASE_DIRECTORY";

    private readonly object? baseDirectory = AppContext.GetData(BaseDirectory);
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fashion-pages-");

    public SmallCourse()
    {
        Write("FashionNotebooks.sln", "");
        Write("README.md", "# Course\n\nWhat it is.\n\nFor whom.\n\nNot this.\n");
        Write("lib/bin/assets/page.css", "");
        WriteNotebook("notebooks/1-cats.ipynb", Markdown(Title), Legs("Legs: 3\nLegs: 4\n"));
        AppContext.SetData(BaseDirectory, InRoot("lib/bin") + Path.DirectorySeparatorChar);
    }

    public static JsonObject Markdown(string source) => TemporaryNotebooks.CreateMarkdown("text", source);

    public static JsonObject Code(string source, params JsonObject[] outputs)
    {
        JsonObject cell = TemporaryNotebooks.CreateCode("code", source);
        cell["outputs"] = new JsonArray(outputs);
        return cell;
    }

    /// <summary>A cell that prints the result which the tutorial has too.</summary>
    public static JsonObject Legs(string printed, string source = "4") => Code(
        source, new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = printed });

    public static JsonObject Shown(params (string Type, JsonNode Content)[] data) => new()
    {
        ["output_type"] = "display_data",
        ["data"] = new JsonObject(data.Select(each => KeyValuePair.Create(each.Type, (JsonNode?)each.Content))),
    };

    public string InRoot(string path) => Path.Combine(root.FullName, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InRoot(path))!);
        File.WriteAllText(InRoot(path), text);
    }

    public void WriteNotebook(string path, params JsonObject[] cells)
    {
        JsonObject notebook = TemporaryNotebooks.CreateNotebook(cells);
        notebook["metadata"]!["tutorial"] = new JsonObject { ["Legs"] = "4" };
        Write(path, notebook.ToJsonString());
    }

    public IReadOnlyList<string> WritePages(params string[] executed) => new PageFolder(InRoot("out")).Write(executed);

    public string Read(string page) => File.ReadAllText(InRoot($"out/{page}"));

    public void Dispose()
    {
        AppContext.SetData(BaseDirectory, baseDirectory);
        root.Delete(recursive: true);
    }
}
