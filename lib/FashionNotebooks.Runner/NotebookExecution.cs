using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.Scripting;
using Spectre.Console;

namespace FashionNotebooks.Runner;

/// <summary>Executes one notebook in this process and writes it with its outputs after each cell.</summary>
/// <param name="notebook">The notebook, cleared; its outputs are written into its file.</param>
/// <param name="folder">The folder that its cells begin in: the one that it came from.</param>
/// <param name="figures">Turns figures into pictures; without it they are saved as interactive HTML.</param>
/// <param name="timeout">How long a cell may take; null for any time.</param>
internal sealed class NotebookExecution(
    Notebook notebook, string folder, FigurePictures? figures, TimeSpan? timeout = null)
{
    /// <param name="stop">Ends the run in the midst of a cell, whose output so far is kept.</param>
    /// <returns>
    /// Whether every cell succeeded. The first one that fails ends the run; one that was stopped may still be running.
    /// </returns>
    public async Task<bool> RunAsync(CancellationToken stop = default)
    {
        var clock = Stopwatch.StartNew();
        Directory.SetCurrentDirectory(folder);
        var session = new CSharpSession();

        IReadOnlyList<NotebookCell> cells = notebook.CodeCells;
        for (int i = 0; i < cells.Count; i++)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[blue]{Format(clock.Elapsed)} {notebook.Name}, code cell {i + 1} of {cells.Count}[/]");
            IReadOnlyList<JsonObject> outputs = await RunCellAsync(session, cells[i], i + 1, stop);
            cells[i].Record(i + 1, outputs);
            notebook.Save(notebook.Path);
            if (cells[i].Error is { } error)
            {
                AnsiConsole.MarkupLineInterpolated(
                    $"[red]{notebook.Name}, code cell {i + 1} ({cells[i].Id}): {error}[/]");
                return false;
            }
        }

        return true;
    }

    /// <summary>Minutes and seconds; hours are counted as minutes.</summary>
    public static string Format(TimeSpan time) => $"{(int)time.TotalMinutes}:{time:ss}";

    private async Task<IReadOnlyList<JsonObject>> RunCellAsync(
        CSharpSession session, NotebookCell cell, int number, CancellationToken stop)
    {
        Dictionary<string, string>? bundle = null;
        JsonObject? error = null;
        IReadOnlyList<JsonObject> printed;
        using (var console = new CellConsole())
        {
            Task<Dictionary<string, string>?> run = Task.Run(
                () => EvaluateAsync(session, cell.Source), CancellationToken.None);
            try
            {
                bundle = await run.WaitAsync(timeout ?? Timeout.InfiniteTimeSpan, stop);
            }
            catch (CompilationErrorException e)
            {
                error = CreateError("CompilationError", string.Join('\n', e.Diagnostics), []);
            }
            catch (OperationCanceledException) when (!run.IsCompleted)
            {
                error = CreateError("Interrupted", "The run was interrupted.", []);
            }
            catch (TimeoutException) when (!run.IsCompleted)
            {
                error = CreateError("Timeout", $"The cell took longer than {timeout?.TotalSeconds:0} seconds.", []);
            }
            catch (Exception e)
            {
                error = CreateError(e.GetType().Name, e.Message, e.ToString().Split('\n'));
            }

            printed = console.Outputs();
        }

        if (error is not null)
            return [.. printed, error];

        if (bundle is null)
            return printed;

        Console.WriteLine(bundle["text/plain"]);
        try
        {
            return [.. printed, await CreateResultAsync(bundle, number)];
        }
        catch (Exception e)
        {
            string message = $"The figure cannot be drawn: {e.Message}";
            return [.. printed, CreateError(e.GetType().Name, message, e.ToString().Split('\n'))];
        }
    }

    /// <returns>The value that the cell shows, in several formats; null if it shows none.</returns>
    private static async Task<Dictionary<string, string>?> EvaluateAsync(CSharpSession session, string source)
    {
        if (await session.RunAsync(source) is not { } value)
            return null;

        try
        {
            return ValueFormatter.Format(value);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The value cannot be shown: {e.Message}", e);
        }
    }

    private async Task<JsonObject> CreateResultAsync(Dictionary<string, string> bundle, int executionCount)
    {
        const string Plotly = "application/vnd.plotly.v1+json";
        var data = new JsonObject();
        if (bundle.Remove(Plotly, out string? specification) && figures is not null)
        {
            data[Plotly] = JsonNode.Parse(specification);
            data["image/png"] = await figures.DrawAsync(bundle["text/html"]);
            bundle.Remove("text/html");
        }

        foreach ((string mimeType, string text) in bundle)
            data[mimeType] = NotebookCell.SplitLines(text);

        return new JsonObject
        {
            ["data"] = data,
            ["execution_count"] = executionCount,
            ["metadata"] = new JsonObject(),
            ["output_type"] = "execute_result",
        };
    }

    private static JsonObject CreateError(string name, string message, string[] traceback) => new()
    {
        ["ename"] = name,
        ["evalue"] = message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line.TrimEnd())]),
    };
}
