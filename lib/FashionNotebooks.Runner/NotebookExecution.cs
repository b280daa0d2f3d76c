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
        // That of the process: soon, what is written to Console.Out is what the cells print.
        TextWriter terminal = AnsiConsole.Profile.Out.Writer;
        using FileStream journal = new(JournalOf(notebook.Path), FileMode.Create, FileAccess.Write, FileShare.Read, 0);
        using NotebookKernel kernel = await NotebookKernel.StartAsync();
        IReadOnlyList<NotebookCell> cells = notebook.CodeCells;
        var run = new List<(NotebookCell Cell, CellOutputs Outputs)>();
        foreach ((int index, NotebookCell cell) in cells.Index())
        {
            string time = RunReport.Format(clock.Elapsed);
            string title = $"{notebook.Name}, code cell {index + 1}";
            AnsiConsole.MarkupLineInterpolated($"\n[blue]{time} {title} of {cells.Count}[/]");

            CellOutputs? before = run.LastOrDefault().Outputs;
            before?.Hold(() => journal.SetLength(0));
            var outputs = new CellOutputs(terminal, index + 1, before, journal);
            run.Add((cell, outputs));
            await RunCellAsync(kernel, cell, outputs, stop);
            outputs.CloseLine();
            outputs.Hold(() => Save(run));
            if (cell.Error is { } error)
            {
                AnsiConsole.MarkupLineInterpolated($"\n[red]{title} ({cell.Id}): {error}[/]");
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the outputs of the cell that runs stand while they are not in the notebook.</summary>
    public static string JournalOf(string notebook) => notebook + ".journal";

    // All of them again, since a cell can change what earlier ones show, and its tasks can print when it has ended.
    private void Save(IEnumerable<(NotebookCell Cell, CellOutputs Outputs)> run)
    {
        foreach ((int index, (NotebookCell cell, CellOutputs outputs)) in run.Index())
            cell.Record(index + 1, outputs.ToJson());

        notebook.Save(notebook.Path);
    }

    private async Task RunCellAsync(
        NotebookKernel kernel, NotebookCell cell, CellOutputs outputs, CancellationToken stop)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        giveUp.CancelAfter(timeout ?? Timeout.InfiniteTimeSpan);
        try
        {
            await kernel.RunAsync(cell.Source, outputs, giveUp.Token);
            IEnumerable<JsonObject> all = notebook.CodeCells.SelectMany(one => one.Outputs).Concat(outputs.ToJson());
            foreach (JsonObject data in all.Select(output => output["data"]).OfType<JsonObject>())
                await (figures?.DrawAsync(data) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            outputs.Fail(CellOutputs.Stopped, stop.IsCancellationRequested ? "The run was interrupted."
                : $"The cell took longer than {timeout?.TotalSeconds:0} seconds.", "");
        }
        catch (Exception e)
        {
            outputs.Fail(e.GetType().Name, e.Message, e.ToString());
        }
    }
}
