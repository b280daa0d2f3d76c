namespace FashionNotebooks.Runner;

/// <summary>Runs the cells of a notebook in this process, and saves the notebook with its outputs after each cell.
/// </summary>
internal sealed class NotebookExecution(Notebook notebook, FigurePictures? figures, TimeSpan? timeout)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <returns>Whether every cell succeeded. The first that fails ends the run. The code of a cell that has been
    /// stopped may run on until the process ends.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        using NotebookKernel kernel = await NotebookKernel.StartAsync();
        IReadOnlyList<NotebookCell> cells = notebook.CodeCells;
        foreach ((int index, NotebookCell cell) in cells.Index())
        {
            string time = RunReport.Format(clock.Elapsed);
            string title = $"{notebook.Name}, code cell {index + 1}";
            AnsiConsole.MarkupLineInterpolated($"\n[blue]{time} {title} of {cells.Count}[/]");

            // While a cell runs, what is written to Console.Out counts as printed by the cell.
            var outputs = new CellOutputs(AnsiConsole.Profile.Out.Writer, index + 1);
            await RunCellAsync(kernel, cell, outputs, stop);
            cell.Record(index + 1, outputs.ToJson());
            notebook.Save(notebook.Path);
            if (cell.Error is { } error)
            {
                AnsiConsole.MarkupLineInterpolated($"\n[red]{title} ({cell.Id}): {error}[/]");
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
