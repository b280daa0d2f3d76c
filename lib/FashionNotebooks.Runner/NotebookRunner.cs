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

    /// <returns>0 if every cell of every notebook succeeded, otherwise 1.</returns>
    /// <exception cref="NotebookException">A notebook cannot be run; none has been started.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, RunOptions options, CancellationToken cancellationToken)
    {
        ILookup<bool, Notebook> notebooks = paths.Select(Notebook.Load).ToLookup(notebook => notebook.Needs is null);
        foreach (Notebook notebook in notebooks[true])
            Verify(notebook);

        VerifyTargets(paths, options.Output);
        var reports = new List<RunReport>();
        foreach (Notebook notebook in notebooks[true])
            reports.Add(await RunOneAsync(notebook, options, cancellationToken));

        if (reports.Count > 0)
        {
            RunReport.Print(reports);
            AnsiConsole.MarkupLineInterpolated($"The executed notebooks are in {options.Output}");
        }

        foreach (RunReport report in reports.Where(report => report.Failure is not null))
            AnsiConsole.MarkupLineInterpolated($"[red]{report.Notebook.Name}: {report.Failure}[/]");

        foreach (Notebook notebook in notebooks[false])
            AnsiConsole.MarkupLineInterpolated($"{notebook.Name} was left out: it needs {notebook.Needs}.");

        return reports.All(report => report.Failure is null) ? 0 : 1;
    }

    private static void Verify(Notebook notebook)
    {
        foreach (NotebookCell cell in notebook.CodeCells)
        {
            if (PortableSubset.FindViolations(cell) is [var violation, ..])
                throw new NotebookException(notebook.Path, $"Cell {cell.Id} has what not every host knows:", violation);
        }
    }

    // Names that differ only in case are one file on Windows and macOS.
    private static void VerifyTargets(IReadOnlyList<string> paths, string output)
    {
        if (paths.FirstOrDefault(path => string.Equals(Path.GetDirectoryName(path), output, StringComparison.OrdinalIgnoreCase)) is { } source)
            throw new NotebookException(source, "The executed notebook would overwrite it.", "Choose another --output, or use --in-place.");

        if (paths.GroupBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new NotebookException(same.Last(), "Another notebook has the same file name.", "Run them one after the other, with different --output.");
    }

    private static async Task<RunReport> RunOneAsync(Notebook notebook, RunOptions options, CancellationToken cancellationToken)
    {
        string target = Path.Combine(options.Output, Path.GetFileName(notebook.Path));
        notebook.Clear();
        notebook.Inject(options.Parameters);
        notebook.Save(target);

        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(CreateStart(notebook.Path, target, options.Images))!;
        await using CancellationTokenRegistration kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        ForwardErrors(process);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();

        Notebook executed = Notebook.Load(target);
        string? failure = FindFailure(executed, process.ExitCode);
        if (failure is null && options.InPlace)
        {
            executed.Save(notebook.Path);
            SavePictures(executed, Path.Combine(Path.GetDirectoryName(notebook.Path)!, "pictures"));
        }

        return new RunReport(executed, clock.Elapsed, failure);
    }

    private static string? FindFailure(Notebook executed, int exitCode)
    {
        if (executed.CodeCells.FirstOrDefault(cell => cell.Error is not null) is { } failed)
            return $"cell {failed.Id} failed: {failed.Error}";

        NotebookCell? next = executed.CodeCells.FirstOrDefault(cell => !cell.HasRun);
        string place = next is null ? "after the last cell" : $"in cell {next.Id}";
        return exitCode == 0 && next is null ? null : $"the process ended with code {exitCode} {place}.";
    }

    /// <summary>Writes the pictures of cells tagged <c>picture</c> to files, for pages that cannot show a notebook's.</summary>
    private static void SavePictures(Notebook notebook, string folder)
    {
        foreach (NotebookCell cell in notebook.CodeCells.Where(cell => cell.HasTag("picture") && cell.Picture is not null))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{notebook.Name}-{cell.Id}.png"), cell.Picture!);
        }
    }

    // On some processors libtorch says, again and again, that it goes on without one of its libraries, NNPACK.
    private static void ForwardErrors(Process process)
    {
        while (process.StandardError.ReadLine() is { } line)
        {
            if (!line.Contains("Could not initialize NNPACK"))
                Console.Error.WriteLine(line);
        }
    }

    private static ProcessStartInfo CreateStart(string path, string target, bool images)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(NotebookRunner).Assembly.Location);

        start.ArgumentList.Add(ExecuteCommand);
        start.ArgumentList.Add(target);
        start.ArgumentList.Add(Path.GetDirectoryName(path)!);
        if (images)
            start.ArgumentList.Add("--images");

        return start;
    }
}
