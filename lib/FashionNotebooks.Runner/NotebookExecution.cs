using System.Diagnostics;
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
    // The kernel redirects the console while a cell runs, and then hears what is printed there.
    private readonly TextWriter terminal = Console.Out;

    /// <param name="stop">Ends the run in the midst of a cell, whose output so far is kept.</param>
    /// <returns>
    /// Whether every cell succeeded. The first one that fails ends the run; one that was stopped may still be running.
    /// </returns>
    public async Task<bool> RunAsync(CancellationToken stop = default)
    {
        var clock = Stopwatch.StartNew();
        Directory.SetCurrentDirectory(folder);
        using NotebookKernel kernel = await NotebookKernel.StartAsync();

        IReadOnlyList<NotebookCell> cells = notebook.CodeCells;
        for (int i = 0; i < cells.Count; i++)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[blue]{Format(clock.Elapsed)} {notebook.Name}, code cell {i + 1} of {cells.Count}[/]");
            var outputs = new CellOutputs(terminal);
            await RunCellAsync(kernel, cells[i], outputs, stop);
            cells[i].Record(i + 1, outputs.ToJson(i + 1));
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

    private async Task RunCellAsync(
        NotebookKernel kernel, NotebookCell cell, CellOutputs outputs, CancellationToken stop)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (timeout is { } limit)
            giveUp.CancelAfter(limit);

        try
        {
            await kernel.RunAsync(cell.Source, cell.Language, outputs, giveUp.Token);
            await outputs.ConvertAsync(DrawAsync);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            outputs.Fail("Interrupted", "The run was interrupted.", "");
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            outputs.Fail("Timeout", $"The cell took longer than {timeout?.TotalSeconds:0} seconds.", "");
        }
        catch (Exception e)
        {
            outputs.Fail(e.GetType().Name, e.Message, e.ToString());
        }
    }

    // Editors show a chart's HTML, and none of its JSON without an extension.
    private async Task DrawAsync(Dictionary<string, string> bundle)
    {
        if (figures is not null)
            await figures.DrawAsync(bundle);
        else
            bundle.Remove(PlotlyCharts.MimeType);
    }
}
