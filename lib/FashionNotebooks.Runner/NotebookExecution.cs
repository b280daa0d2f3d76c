using System.Text.Json.Nodes;

namespace FashionNotebooks.Runner;

/// <summary>Executes one notebook in this process and writes it with its outputs after each cell.</summary>
internal sealed class NotebookExecution(
    Notebook notebook, string folder, FigurePictures? figures, TimeSpan? timeout = null)
{
    /// <returns>Whether every cell succeeded. The first that fails ends the run; if stopped, it may run on.</returns>
    public async Task<bool> RunAsync(CancellationToken stop = default)
    {
        using var terminal = new Terminal(Terminal.IsSeen);
        return await terminal.RunAsync(() => RunCellsAsync(terminal, stop));
    }

    public static string Format(TimeSpan time) => $"{(int)time.TotalMinutes}:{time:ss}";

    private async Task<bool> RunCellsAsync(Terminal terminal, CancellationToken stop)
    {
        Directory.SetCurrentDirectory(folder);
        using NotebookKernel kernel = await NotebookKernel.StartAsync();

        IReadOnlyList<NotebookCell> cells = notebook.CodeCells;
        foreach ((int index, NotebookCell cell) in cells.Index())
        {
            string title = $"{notebook.Name}, code cell {index + 1}";
            terminal.Announce($"{title} of {cells.Count}");
            var outputs = new CellOutputs(terminal, index + 1);
            await RunCellAsync(kernel, cell, outputs, stop);
            cell.Record(index + 1, outputs.ToJson());
            notebook.Save(notebook.Path);
            if (cell.Error is { } error)
            {
                terminal.Complain($"{title} ({cell.Id}): {error}");
                return false;
            }
        }

        return true;
    }

    private async Task RunCellAsync(
        NotebookKernel kernel, NotebookCell cell, CellOutputs outputs, CancellationToken stop)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        giveUp.CancelAfter(timeout ?? Timeout.InfiniteTimeSpan);
        try
        {
            await kernel.RunAsync(cell.Source, cell.Language, outputs, giveUp.Token);
            foreach (JsonObject data in outputs.ToJson().Select(output => output["data"]).OfType<JsonObject>())
                await (figures?.DrawAsync(data) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            (string name, string message) = stop.IsCancellationRequested ? ("Interrupted", "The run was interrupted.")
                : ("Timeout", $"The cell took longer than {timeout?.TotalSeconds:0} seconds.");
            outputs.Fail(name, message, "");
        }
        catch (Exception e)
        {
            outputs.Fail(e.GetType().Name, e.Message, e.ToString());
        }
    }
}
