using System.Diagnostics;
using System.Text;
using Spectre.Console;

namespace FashionNotebooks.Runner;

/// <summary>
/// Runs notebooks one after another, each in a process of its own: one that crashes or uses much memory does no harm
/// to the others.
/// </summary>
/// <param name="parameters">Values for the variables of the cells tagged <c>parameters</c>.</param>
/// <param name="output">The folder for the executed notebooks.</param>
/// <param name="inPlace">Whether the executed notebooks also replace those that were read.</param>
/// <param name="executeOptions">What the process that executes a notebook has to know.</param>
internal sealed class NotebookRunner(
    IReadOnlyList<NotebookParameter> parameters, string output, bool inPlace, string[] executeOptions)
{
    /// <summary>The name of the hidden command with which this program calls itself for one notebook.</summary>
    public const string ExecuteCommand = "execute";

    /// <summary>What a shell expects of a program that was interrupted.</summary>
    private const int Interrupted = 130;

    // Ctrl+C is to end the run within a second.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMilliseconds(600);

    /// <returns>0 if every cell of every notebook succeeded, 130 if the run was cancelled, otherwise 1.</returns>
    /// <exception cref="RunnerException">
    /// The executed notebooks have no place to go, or no notebook takes a parameter; none has been started.
    /// </exception>
    public async Task<int> RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        VerifyTargets(paths);
        (string Path, Notebook? Notebook, string? Failure)[] notebooks = [.. paths.Select(Load)];
        VerifyParameters([.. notebooks.Select(entry => entry.Notebook).OfType<Notebook>()]);
        var reports = new List<RunReport>();
        foreach ((string path, Notebook? notebook, string? failure) in notebooks)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                reports.Add(notebook is null
                    ? new RunReport(Path.GetFileNameWithoutExtension(path), null, TimeSpan.Zero, failure)
                    : await RunOneAsync(notebook, cancellationToken));
            }
        }

        RunReport.Print(reports);
        AnsiConsole.MarkupLineInterpolated($"The executed notebooks are in {output}");
        foreach (RunReport report in reports.Where(report => report.Failure is not null))
            AnsiConsole.MarkupLineInterpolated($"[red]{report.Name}: {report.Failure}[/]");

        return cancellationToken.IsCancellationRequested ? Interrupted
            : reports.All(report => report.Failure is null) ? 0 : 1;
    }

    // Whatever is wrong with one notebook, the others are run.
    private static (string Path, Notebook? Notebook, string? Failure) Load(string path)
    {
        try
        {
            Notebook notebook = Notebook.Load(path);
            return notebook.CodeCells.Count > 0 ? (path, notebook, null)
                : (path, null, $"{path}: There is no code cell. Restore the notebook, or add one.");
        }
        catch (Exception e)
        {
            return (path, null, e.Message);
        }
    }

    private void VerifyParameters(Notebook[] notebooks)
    {
        if (parameters.Except(notebooks.SelectMany(notebook => notebook.Taken(parameters))).FirstOrDefault() is { } left
            && notebooks.Length > 0)
        {
            throw new RunnerException(
                $"{left.Option} would change nothing: no notebook declares the variable {left.Variable} in a cell "
                + "tagged 'parameters'. Leave the option out, or declare the variable there.");
        }
    }

    private void VerifyTargets(IReadOnlyList<string> paths)
    {
        // Names that differ only in case are one file on Windows and macOS.
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (paths.FirstOrDefault(path => !names.Add(Path.GetFileName(path))) is { } same)
        {
            throw new RunnerException($"{same}: Another notebook has the same file name. "
                + "Run them one after the other, with different --output.");
        }

        string probe = $"{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(output);
            File.WriteAllText(Path.Combine(output, probe), "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunnerException($"{output}: nothing can be written there ({e.Message}) Choose another --output.");
        }

        // The same folder may have two names.
        string? source = paths.FirstOrDefault(path => File.Exists(Path.Combine(Path.GetDirectoryName(path)!, probe)));
        File.Delete(Path.Combine(output, probe));
        if (source is not null)
        {
            throw new RunnerException(
                $"{source}: The executed notebook would overwrite it. Choose another --output, or use --in-place.");
        }
    }

    /// <summary>
    /// Runs a notebook in a file of its own, so that runs at the same time do not disturb each other, and puts it into
    /// the output folder in whatever state it ends.
    /// </summary>
    private async Task<RunReport> RunOneAsync(Notebook notebook, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        string place = Path.GetTempPath();
        Notebook? executed = null;
        string? failure;
        try
        {
            string source = notebook.Text;
            notebook.Clear();
            notebook.Inject(parameters);
            DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-run-");
            place = Path.Combine(folder.FullName, Path.GetFileName(notebook.Path));
            notebook.Save(place);

            (int exitCode, string lastWords) = await RunProcessAsync(notebook.Path, place, cancellationToken);
            executed = Notebook.Load(place);
            failure = FindFailure(executed, exitCode, lastWords);
            executed.Save(Path.Combine(output, Path.GetFileName(place)));
            if (failure is null && inPlace)
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
    private async Task<(int ExitCode, string LastWords)> RunProcessAsync(
        string path, string target, CancellationToken cancellationToken)
    {
        string lastWords = "";
        string[] arguments = [ExecuteCommand, target, Path.GetDirectoryName(path)!, .. executeOptions];
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            arguments = [typeof(NotebookRunner).Assembly.Location, .. arguments];

        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
        var exited = new TaskCompletionSource();
        process.Exited += (_, _) => exited.TrySetResult();
        process.EnableRaisingEvents = true;
        process.ErrorDataReceived += (_, line) =>
        {
            // On some processors libtorch says, again and again, that it goes on without one of its libraries, NNPACK.
            if (!string.IsNullOrEmpty(line.Data) && !line.Data.Contains("Could not initialize NNPACK"))
                Console.Error.WriteLine(lastWords = line.Data);
        };
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

        // For pages that cannot show the pictures inside a notebook.
        string pictures = Path.Combine(Path.GetDirectoryName(path)!, "pictures");
        foreach (NotebookCell cell in executed.CodeCells.Where(cell => cell.HasTag("picture")))
        {
            Directory.CreateDirectory(pictures);
            if (cell.Picture is { } picture)
                File.WriteAllBytes(Path.Combine(pictures, $"{executed.Name}-{cell.Id}.png"), picture);
        }

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
}
