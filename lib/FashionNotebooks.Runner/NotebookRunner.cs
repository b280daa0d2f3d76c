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
        (string Path, Notebook? Notebook, string? Failure)[] notebooks = [.. paths.Select(Load)];
        VerifyParameters(options.Parameters, [.. notebooks.Select(entry => entry.Notebook).OfType<Notebook>()]);
        var reports = new List<RunReport>();
        foreach ((string path, Notebook? notebook, string? failure) in notebooks)
        {
            if (cancellationToken.IsCancellationRequested)
                break;

            reports.Add(notebook is null
                ? new RunReport(Path.GetFileNameWithoutExtension(path), null, TimeSpan.Zero, failure)
                : await RunOneAsync(notebook, options, cancellationToken));
        }

        RunReport.Print(reports);
        AnsiConsole.MarkupLineInterpolated($"The executed notebooks are in {options.Output}");
        foreach (RunReport report in reports.Where(report => report.Failure is not null))
            AnsiConsole.MarkupLineInterpolated($"[red]{report.Name}: {report.Failure}[/]");

        if (cancellationToken.IsCancellationRequested)
            return Interrupted;

        return reports.All(report => report.Failure is null) ? 0 : 1;
    }

    // Whatever is wrong with one notebook, the others are run.
    private static (string Path, Notebook? Notebook, string? Failure) Load(string path)
    {
        try
        {
            Notebook notebook = Notebook.Load(path);
            return notebook.CodeCells.Count > 0 ? (path, notebook, null) : throw new NotebookException(
                path, "There is no code cell.", "Restore the notebook, or add one.");
        }
        catch (Exception e)
        {
            return (path, null, e.Message);
        }
    }

    private static void VerifyParameters(IReadOnlyList<NotebookParameter> parameters, Notebook[] notebooks)
    {
        NotebookParameter? untaken = parameters.Except(notebooks.SelectMany(notebook => notebook.Taken(parameters)))
            .FirstOrDefault();
        if (untaken is not null && notebooks.Length > 0)
        {
            throw new RunnerException(
                $"{untaken.Option} would change nothing: no notebook declares the variable {untaken.Variable} in a cell "
                + "tagged 'parameters'. Leave the option out, or declare the variable there.");
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
        var clock = Stopwatch.StartNew();
        string place = options.Output;
        Notebook? executed = null;
        string? failure;
        try
        {
            string source = notebook.Text;
            notebook.Clear();
            notebook.Inject(options.Parameters);
            place = Path.GetTempPath();
            DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-run-");
            string working = place = Path.Combine(folder.FullName, Path.GetFileName(notebook.Path));
            notebook.Save(working);
            (int exitCode, string lastWords) =
                await RunProcessAsync(CreateStart(notebook.Path, working, options), cancellationToken);
            executed = Notebook.Load(working);
            failure = FindFailure(executed, exitCode, lastWords);
            executed.Save(Path.Combine(options.Output, Path.GetFileName(working)));
            if (failure is null && options.InPlace)
                failure = Replace(notebook.Path, source, executed);

            folder.Delete(recursive: true);
        }
        catch (Exception e)
        {
            failure = executed is null
                ? $"{place} cannot be written: {e.Message}"
                : $"the executed notebook is in {place}, since it could not be put in place: {e.Message}";
        }

        return new RunReport(notebook.Name, executed, clock.Elapsed, failure);
    }

    /// <returns>The exit code, and the last line of the error stream.</returns>
    private static async Task<(int ExitCode, string LastWords)> RunProcessAsync(
        ProcessStartInfo start, CancellationToken cancellationToken)
    {
        string lastWords = "";
        using Process process = Process.Start(start)!;
        var exited = new TaskCompletionSource();
        process.Exited += (_, _) => exited.TrySetResult();
        process.EnableRaisingEvents = true;
        process.ErrorDataReceived += (_, line) => lastWords = ForwardError(line.Data) ?? lastWords;
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
        return (process.ExitCode, lastWords);
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

    private static string? FindFailure(Notebook executed, int exitCode, string lastWords)
    {
        if (executed.CodeCells.FirstOrDefault(cell => cell.Error is not null) is { } failed)
            return $"cell {failed.Id} failed: {failed.Error}";

        NotebookCell? next = executed.CodeCells.FirstOrDefault(cell => !cell.HasRun);
        string place = next is null ? "after the last cell" : $"in cell {next.Id}";
        return exitCode == 0 && next is null ? null
            : $"the process ended with code {exitCode} {place}. {lastWords}".TrimEnd();
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
    private static string? ForwardError(string? line)
    {
        if (string.IsNullOrEmpty(line) || line.Contains("Could not initialize NNPACK"))
            return null;

        Console.Error.WriteLine(line);
        return line;
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
