namespace FashionNotebooks.Runner;

/// <summary>Runs notebooks one after another. One that fails does not stop the others.</summary>
/// <param name="parameters">Values for variables of the notebooks.</param>
/// <param name="output">The folder for the executed notebooks.</param>
/// <param name="inPlace">Whether those also replace their sources.</param>
/// <param name="browser">The browser that draws figures as pictures; null for none.</param>
/// <param name="timeout">How many seconds a cell may take; null for any number.</param>
/// <param name="processes">How many processes share the trainings of one of the long notebooks.</param>
internal sealed class NotebookRunner(
    IReadOnlyList<NotebookParameter> parameters, string output, bool inPlace, string? browser, int? timeout,
    int processes)
{
    /// <returns>How each notebook ended that was begun before the cancellation.</returns>
    /// <exception cref="RunnerException">No notebook has been started: the message says why.</exception>
    public async Task<IReadOnlyList<RunReport>> RunAsync(
        IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        RunChecks.VerifyNotebooks(paths, parameters);
        RunChecks.PrepareOutput(output, paths);
        var reports = new List<RunReport>();
        foreach (string path in paths.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            var clock = Stopwatch.StartNew();
            (Notebook? executed, string? failure) = await RunOneAsync(path, cancellationToken);
            reports.Add(new(Path.GetFileNameWithoutExtension(path), executed, clock.Elapsed, failure));
        }

        return reports;
    }

    /// <summary>Runs a copy of a notebook in a folder of its own, so that two runs of it at the same time do not
    /// disturb each other, and puts it into the output folder in whatever state it ends.</summary>
    private async Task<(Notebook? Executed, string? Failure)> RunOneAsync(
        string path, CancellationToken cancellationToken)
    {
        string? copy = null;
        try
        {
            Notebook source = Notebook.Load(path);
            source.Clear();
            source.Inject(parameters);
            string folder = Directory.CreateTempSubdirectory("fashion-run-").FullName;
            copy = Path.Combine(folder, Path.GetFileName(path));
            source.Save(copy);

            var process = new NotebookProcess(copy, Path.GetDirectoryName(path)!, browser, timeout);
            (int exitCode, string reason) = await RunSharedAsync(source, process, cancellationToken);
            var executed = new ExecutedNotebook(source, Notebook.Load(copy));
            string? failure = FindFailure(executed.Executed, exitCode, reason);
            executed.SaveTo(output);
            if (failure is null && inPlace && !executed.TryReplaceSource())
                failure = "it was changed while it ran, so the executed one did not replace it.";

            Directory.Delete(folder, recursive: true);
            return (executed.Executed, failure);
        }
        catch (Exception e)
        {
            return (null, File.Exists(copy) ? $"{e.Message} What has been run is in {copy}." : e.Message);
        }
    }

    /// <summary>Runs a notebook, a long one in several processes: the others do those of its trainings that nobody
    /// does, and end with the first. If one of them fails, the others do its trainings.</summary>
    private async Task<(int ExitCode, string Reason)> RunSharedAsync(
        Notebook source, NotebookProcess process, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int count = CourseNotebooks.IsLong(source.Path) ? processes - 1 : 0;
        if (count > 0)
            Console.WriteLine($"{processes} processes share the trainings of {source.Name} (--processes).");

        Task[] others = [.. Enumerable.Range(1, count).Select(number =>
        {
            string copy = Path.Combine(Path.GetDirectoryName(process.Notebook)!, $"{number}", $"{source.Name}.ipynb");
            source.Save(copy);
            return (process with { Notebook = copy, Browser = null, IsQuiet = true }).RunAsync(ended.Token);
        })];
        try
        {
            return await process.RunAsync(cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(others);
        }
    }

    private static string? FindFailure(Notebook executed, int exitCode, string reason)
    {
        if (executed.CodeCells.FirstOrDefault(cell => cell.Error is not null) is { } failed)
            return $"cell {failed.Id} failed: {failed.Error}";

        NotebookCell? next = executed.CodeCells.FirstOrDefault(cell => !cell.HasRun);
        if (exitCode == 0 && next is null)
            return null;

        string place = next is null ? "after the last cell" : $"in cell {next.Id}";
        string failure = $"the process ended with code {exitCode} {place}. {reason}".TrimEnd();
        CellOutputs outputs = CellOutputs.Restore(NotebookExecution.JournalOf(executed.Path));
        if (outputs.IsLineOpen)
            AnsiConsole.WriteLine();

        outputs.Fail(CellOutputs.Stopped, failure, "");
        next?.Record(null, outputs.ToJson());
        return failure;
    }
}
