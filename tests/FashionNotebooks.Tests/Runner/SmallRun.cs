using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.TemporaryNotebooks;

namespace FashionNotebooks.Tests;

/// <summary>One call of the built runner, with pages and in place: notebooks that succeed, and some that end badly.
/// </summary>
public sealed class SmallRun : IDisposable
{
    private readonly Dictionary<string, string> sources = [];

    public SmallRun()
    {
        Notebooks.WriteText("beside.txt", "cat");
        JsonObject chinese = CreateMarkdown("text", "中文。");
        chinese["metadata"]!["translates"] = "12345678";
        Notebooks.Write("zh/good.ipynb", chinese, CreateCode("value", "old"));
        WriteGood();
        Write("failing", CreateCode("first", """
            string[] sleep = ["-c", "exec sleep 100 > /dev/null"];
            if (!OperatingSystem.IsWindows())
                System.Diagnostics.Process.Start("sh", sleep);
            """), CreateCode("broken", """
            Console.WriteLine("so far");
            throw new InvalidOperationException("No cat.");
            """), CreateCode("later", "2"));
        Write("exiting", CreateCode("first", "1"), CreateCode("exit", """
            Console.WriteLine("work done");
            Environment.Exit(0);
            """));
        Write("crashing", CreateCode("crash", """
            display(HTML("<b>shown</b>")).Update(HTML("<b>updated</b>"));
            Console.Write("1%\r2%");
            Environment.FailFast("Out of order.");
            """));
        Write("overflowing", CreateCode("deep", """
            int Down(int n) => Down(n + 1) + 1;
            Console.WriteLine("before");
            Down(0)
            """));
        Write("intended", CreateCode("raise", "throw new Exception(\"on purpose\");", "raises-exception"), CreateCode(
            "culture", """
            using System.Globalization;
            Console.WriteLine($"{1234.5} {1234.5.ToString("N2", new CultureInfo("de-DE"))}");
            Console.Write(new DateTime(2026, 1, 2).ToString("D", new CultureInfo("zh-CN")));
            """));
        Notebooks.WriteText("executed/exiting.ipynb", "of an earlier run");

        string[] options = ["--output", Notebooks.Output, "--in-place", "--epochs", "3", "--seed", "-7"];
        (ExitCode, string text) = ToolProcess.Run("dotnet", [RunnerProcess.Program, .. sources.Keys, .. options]);

        // Long lines are wrapped at the width of a terminal.
        Lines = text.Split('\n');
        Text = Regex.Replace(text, @"\s+", " ");
    }

    public int ExitCode { get; }

    /// <summary>What was printed.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The same on one line.</summary>
    public string Text { get; }

    internal TemporaryNotebooks Notebooks { get; } = new();

    public void Dispose() => Notebooks.Dispose();

    public string ReadOutput(string file) => File.ReadAllText(Path.Combine(Notebooks.Output, file));

    public string ReadSource(string name) => File.ReadAllText(Path.Combine(Notebooks.Folder, name + ".ipynb"));

    public bool IsSourceAsBefore(string name) =>
        sources[Path.Combine(Notebooks.Folder, name + ".ipynb")] == ReadSource(name);

    internal IReadOnlyList<NotebookCell> LoadExecuted(string name) =>
        Notebook.Load(Path.Combine(Notebooks.Output, name + ".ipynb")).CodeCells;

    private void WriteGood()
    {
        JsonObject notebook = CreateNotebook(
            CreateMarkdown("text", "An English text."),
            CreateCode("parameters", "int numEpochs = 25;\nint seed = 42;", "parameters"),
            CreateCode("print", """
                Console.Write("  5%\r100%\nno end");
                Console.Error.WriteLine("a warning");
                display(System.IO.File.ReadAllText("beside.txt"));
                Console.WriteLine("Test accuracy: 0.9");
                """),
            CreateCode("value", "$\"{numEpochs} epochs, seed {seed}\""));
        notebook["metadata"]!["tutorial"] = new JsonObject { ["Test accuracy"] = "0.9073" };
        string content = notebook.ToJsonString();
        sources[Notebooks.WriteText("good.ipynb", content)] = content;
    }

    private void Write(string name, params JsonObject[] cells)
    {
        string path = Notebooks.Write(name + ".ipynb", cells);
        sources[path] = File.ReadAllText(path);
    }
}
