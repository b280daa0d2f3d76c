using System.Text;
using System.Text.Json.Nodes;

namespace FashionNotebooks.Runner;

/// <summary>
/// Takes what a cell prints: shows it at once and keeps it for the notebook. From creation to disposal it stands in
/// for the console.
/// </summary>
internal sealed class CellConsole : IDisposable
{
    private readonly TextWriter standardOutput = Console.Out;
    private readonly TextWriter standardError = Console.Error;
    private readonly List<(string Stream, StringBuilder Text)> chunks = [];
    private readonly Lock gate = new();

    public CellConsole()
    {
        Console.SetOut(new Recorder(this, "stdout", standardOutput));
        Console.SetError(new Recorder(this, "stderr", standardError));
    }

    /// <summary>The printed text as nbformat's stream outputs, neighbours of one stream joined.</summary>
    public IReadOnlyList<JsonObject> Outputs()
    {
        lock (gate)
        {
            return [.. chunks.Select(chunk => new JsonObject
            {
                ["name"] = chunk.Stream,
                ["output_type"] = "stream",
                ["text"] = NotebookCell.SplitLines(chunk.Text.ToString()),
            })];
        }
    }

    public void Dispose()
    {
        Console.SetOut(standardOutput);
        Console.SetError(standardError);
    }

    private void Append(string stream, string text)
    {
        lock (gate)
        {
            if (chunks.Count == 0 || chunks[^1].Stream != stream)
                chunks.Add((stream, new StringBuilder()));

            chunks[^1].Text.Append(text);
        }
    }

    private sealed class Recorder(CellConsole owner, string stream, TextWriter shown) : TextWriter
    {
        public override Encoding Encoding => shown.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? value)
        {
            if (value is null)
                return;

            string text = value.ReplaceLineEndings("\n");
            owner.Append(stream, text);
            shown.Write(text);
        }

        public override void WriteLine() => Write("\n");

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Flush() => shown.Flush();
    }
}
