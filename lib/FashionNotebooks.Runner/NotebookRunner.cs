using System.Diagnostics;
using System.Text;
using Spectre.Console;

namespace FashionNotebooks.Runner;

/// <summary>Runs notebooks one after another, each in a process of its own: one that crashes or uses much memory does
/// no harm to the others.</summary>
internal sealed class NotebookRunner(
    IReadOnlyList<NotebookParameter> parameters, string output, bool inPlace, string[] executeOptions)
{
    public const string ExecuteCommand = "execute";

    /// <summary>The exit code of a run that was cancelled.</summary>
    public const int Cancelled = 130;

    /// <summary>The names of the notebooks that the last run has written into the output folder.</summary>
    public IReadOnlyList<string> Executed { get; private set; } = [];

    /// <returns>0 if every cell of every notebook succeeded, <see cref="Cancelled"/>, or 1.</returns>
    /// <exception cref="RunnerException">No notebook has been started: the message says why.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        VerifyTargets(paths);
        VerifyParameters(paths);
        var reports = new List<RunReport>();
        foreach (string path in paths.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
            reports.Add(await RunOneAsync(path, cancellationToken));

        RunReport.Print(reports);
        AnsiConsole.MarkupLineInterpolated($"The executed notebooks are in {output}");
        foreach (RunReport report in reports.Where(report => report.Failure is not null))
            AnsiConsole.MarkupLineInterpolated($"[red]{report.Name}: {report.Failure}[/]");

        Executed = [.. reports.Where(report => report.Executed is not null).Select(report => report.Name)];
        return cancellationToken.IsCancellationRequested ? Cancelled
            : reports.All(report => report.Failure is null) ? 0 : 1;
    }

    private void VerifyParameters(IReadOnlyList<string> paths)
    {
        if (parameters.Count > 0 && parameters.Except(paths.SelectMany(Taken)).FirstOrDefault() is { } left)
        {
            throw new RunnerException(
                $"{left.Option} would change nothing: no notebook declares the variable {left.Variable} in a cell "
                + "tagged 'parameters'. Leave the option out, or declare the variable there.");
        }
    }

    private IReadOnlyList<NotebookParameter> Taken(string path)
    {
        try
        {
            return Notebook.Load(path).Taken(parameters);
        }
        catch (Exception)
        {
            // The run tells it.
            return parameters;
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

    /// <summary>Runs a notebook in a file of its own, so that runs at the same time do not disturb each other, and
    /// puts it into the output folder in whatever state it ends.</summary>
    private async Task<RunReport> RunOneAsync(string path, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        string? place = null;
        Notebook? executed = null;
        string? failure;
        try
        {
            Notebook notebook = Notebook.Load(path);
            if (notebook.CodeCells.Count == 0)
                throw new RunnerException($"{path}: There is no code cell. Restore the notebook, or add one.");

            place = Path.GetTempPath();
            notebook.Clear();
            notebook.Inject(parameters);
            DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-run-");
            place = Path.Combine(folder.FullName, Path.GetFileName(path));
            notebook.Save(place);

            (int exitCode, string lastWords) = await RunProcessAsync(path, place, cancellationToken);
            executed = Notebook.Load(place);
            failure = FindFailure(executed, exitCode, lastWords);
            executed.Save(Path.Combine(output, Path.GetFileName(place)));
            if (failure is null && inPlace)
                failure = Replace(notebook, executed);

            Translate(path, executed, output);
            folder.Delete(recursive: true);
        }
        catch (Exception e)
        {
            // Whatever is wrong with this notebook, the others are run.
            failure = place is null ? e.Message
                : executed is null ? $"{place} cannot be written: {e.Message}"
                : $"the executed notebook is in {place}, since it could not be put in place: {e.Message}";
        }

        return new RunReport(Path.GetFileNameWithoutExtension(path), executed, clock.Elapsed, failure);
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
            // The process writes down what its cell has printed and ends: Ctrl+C is to take less than a second.
            process.StandardInput.Close();
            if (!process.WaitForExit(milliseconds: 600))
                process.Kill(entireProcessTree: true);
        });

        // Not WaitForExitAsync: it also waits for programs that a cell has started and left behind.
        await exited.Task;

        // A process that ends in the middle of its live line leaves the terminal without a cursor.
        if (Terminal.IsSeen)
            AnsiConsole.Cursor.Show();

        return (process.ExitCode, lastWords);
    }

    /// <summary>Writes the translation of a notebook, if it has one, with the code and outputs of the executed one.
    /// </summary>
    private static void Translate(string source, Notebook executed, string folder)
    {
        string name = Path.Combine(Translation.Folder, Path.GetFileName(source));
        string translation = Path.Combine(Path.GetDirectoryName(source)!, name);
        if (File.Exists(translation))
        {
            string target = Path.Combine(folder, name);
            Translation.Apply(executed, Notebook.Load(translation), target).Save(target);
        }
    }

    /// <returns>Why the notebook could not be replaced; null if it was.</returns>
    private static string? Replace(Notebook source, Notebook executed)
    {
        if (File.ReadAllText(source.Path) != source.Text)
            return "it was changed while it ran, so the executed one did not replace it.";

        executed.Save(source.Path);
        Translate(source.Path, executed, Path.GetDirectoryName(source.Path)!);

        // For pages that cannot show the pictures inside a notebook.
        string pictures = Path.Combine(Path.GetDirectoryName(source.Path)!, "pictures");
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
