using System.Diagnostics;
using System.Text;
using Spectre.Console;

namespace FashionNotebooks.Runner;

/// <summary>
/// Runs notebooks one after another, each in a process of its own: one that crashes or uses much memory does no harm
/// to the others.
/// </summary>
internal static class NotebookRunner
{
    /// <summary>The name of the hidden command with which this program calls itself for one notebook.</summary>
    public const string ExecuteCommand = "execute";

    /// <summary>What a shell expects of a program that was interrupted.</summary>
    private const int Interrupted = 130;

    // Ctrl+C is to end the run within a second.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMilliseconds(600);

    /// <returns>0 if every cell of every notebook succeeded, 130 if the run was cancelled, otherwise 1.</returns>
    /// <exception cref="RunnerException">The executed notebooks have no place to go; none has been started.</exception>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> paths, RunOptions options, CancellationToken cancellationToken)
    {
        VerifyTargets(paths, options.Output);
        var reports = new List<RunReport>();
        var leftOut = new List<Notebook>();
        foreach (string path in paths.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            var clock = Stopwatch.StartNew();
            try
            {
                Notebook notebook = Notebook.Load(path);
                if (notebook.Needs is null)
                    reports.Add(await RunOneAsync(notebook, options, cancellationToken));
                else
                    leftOut.Add(notebook);
            }
            catch (Exception e)
            {
                // Whatever is wrong with this notebook, the others are run.
                reports.Add(new RunReport(Path.GetFileNameWithoutExtension(path), null, clock.Elapsed, e.Message));
            }
        }

        if (reports.Count > 0)
        {
            RunReport.Print(reports);
            AnsiConsole.MarkupLineInterpolated($"The executed notebooks are in {options.Output}");
        }

        foreach (RunReport report in reports.Where(report => report.Failure is not null))
            AnsiConsole.MarkupLineInterpolated($"[red]{report.Name}: {report.Failure}[/]");

        foreach (Notebook notebook in leftOut)
            AnsiConsole.MarkupLineInterpolated($"{notebook.Name} was left out: it needs {notebook.Needs}.");

        if (cancellationToken.IsCancellationRequested)
            return Interrupted;

        return reports.All(report => report.Failure is null) ? 0 : 1;
    }

    private static void Verify(Notebook notebook)
    {
        if (notebook.CodeCells.Count == 0)
            throw new NotebookException(notebook.Path, "There is no code cell.", "Restore the notebook, or add one.");

        foreach (NotebookCell cell in notebook.CodeCells)
        {
            if (PortableSubset.FindViolations(cell) is [var violation, ..])
                throw new NotebookException(notebook.Path, $"Cell {cell.Id} has what not every host knows:", violation);
        }
    }

    private static void VerifyTargets(IReadOnlyList<string> paths, string output)
    {
        // Names that differ only in case are one file on Windows and macOS.
        IGrouping<string?, string>? same = paths
            .GroupBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            throw new NotebookException(
                same.Last(), "Another notebook has the same file name.",
                "Run them one after the other, with different --output.");
        }

        string probe = $"{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(output);
            File.WriteAllText(Path.Combine(output, probe), "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunnerException(
                $"{output}: nothing can be written there ({e.Message}) Choose another --output.", e);
        }

        // The same folder may have two names.
        string? source = paths.FirstOrDefault(path => File.Exists(Path.Combine(Path.GetDirectoryName(path)!, probe)));
        File.Delete(Path.Combine(output, probe));
        if (source is not null)
        {
            throw new NotebookException(
                source, "The executed notebook would overwrite it.", "Choose another --output, or use --in-place.");
        }
    }

    /// <summary>
    /// Runs a notebook in a file of its own, so that runs at the same time do not disturb each other, and puts it into
    /// the output folder in whatever state it ends.
    /// </summary>
    private static async Task<RunReport> RunOneAsync(
        Notebook notebook, RunOptions options, CancellationToken cancellationToken)
    {
        Verify(notebook);
        string source = notebook.Text;
        notebook.Clear();
        notebook.Inject(options.Parameters);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-run-");
        string working = Path.Combine(folder.FullName, Path.GetFileName(notebook.Path));
        notebook.Save(working);

        var clock = Stopwatch.StartNew();
        int exitCode = await RunProcessAsync(CreateStart(notebook.Path, working, options), cancellationToken);
        Notebook executed = Notebook.Load(working);
        string? failure = FindFailure(executed, exitCode);
        try
        {
            executed.Save(Path.Combine(options.Output, Path.GetFileName(working)));
            if (failure is null && options.InPlace)
                failure = Replace(notebook.Path, source, executed);

            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = $"the executed notebook is in {working}, since it could not be put in place: {e.Message}";
        }

        return new RunReport(notebook.Name, executed, clock.Elapsed, failure);
    }

    private static async Task<int> RunProcessAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(start)!;
        var exited = new TaskCompletionSource();
        process.Exited += (_, _) => exited.TrySetResult();
        process.EnableRaisingEvents = true;
        process.ErrorDataReceived += (_, line) => ForwardError(line.Data);
        process.BeginErrorReadLine();
        await using CancellationTokenRegistration stop = cancellationToken.Register(() =>
        {
            // The process writes down what its cell has printed and ends.
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeToStop))
                process.Kill(entireProcessTree: true);
        });

        // Not WaitForExitAsync: it also waits for programs that a cell has started and left behind.
        await exited.Task;
        return process.ExitCode;
    }

    /// <returns>Why the notebook could not be replaced; null if it was.</returns>
    private static string? Replace(string path, string source, Notebook executed)
    {
        if (File.ReadAllText(path) != source)
            return "it was changed while it ran, so the executed one did not replace it.";

        executed.Save(path);
        SavePictures(executed, Path.Combine(Path.GetDirectoryName(path)!, "pictures"));
        return null;
    }

    private static string? FindFailure(Notebook executed, int exitCode)
    {
        if (executed.CodeCells.FirstOrDefault(cell => cell.Error is not null) is { } failed)
            return $"cell {failed.Id} failed: {failed.Error}";

        NotebookCell? next = executed.CodeCells.FirstOrDefault(cell => !cell.HasRun);
        string place = next is null ? "after the last cell" : $"in cell {next.Id}";
        return exitCode == 0 && next is null ? null : $"the process ended with code {exitCode} {place}.";
    }

    /// <summary>
    /// Writes the pictures of cells tagged <c>picture</c> to files, for pages that cannot show a notebook's.
    /// </summary>
    private static void SavePictures(Notebook notebook, string folder)
    {
        foreach (NotebookCell cell in notebook.CodeCells.Where(cell => cell.HasTag("picture")))
        {
            if (cell.Picture is not { } picture)
                continue;

            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{notebook.Name}-{cell.Id}.png"), picture);
        }
    }

    // On some processors libtorch says, again and again, that it goes on without one of its libraries, NNPACK.
    private static void ForwardError(string? line)
    {
        if (line is not null && !line.Contains("Could not initialize NNPACK"))
            Console.Error.WriteLine(line);
    }

    private static ProcessStartInfo CreateStart(string path, string target, RunOptions options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(NotebookRunner).Assembly.Location);

        start.ArgumentList.Add(ExecuteCommand);
        start.ArgumentList.Add(target);
        start.ArgumentList.Add(Path.GetDirectoryName(path)!);
        if (options.Images)
            start.ArgumentList.Add("--images");

        if (options.Timeout is { } seconds)
        {
            start.ArgumentList.Add("--timeout");
            start.ArgumentList.Add($"{seconds}");
        }

        return start;
    }
}
