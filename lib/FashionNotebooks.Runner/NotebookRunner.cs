using System.Diagnostics;
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
    public static int Run(IReadOnlyList<string> paths, RunOptions options)
    {
        foreach (string path in paths)
            Verify(Notebook.Load(path));

        if (paths.FirstOrDefault(path => Path.GetDirectoryName(path) == options.Output) is { } overwritten)
            throw new NotebookException(overwritten, "The executed notebook would overwrite it.", "Choose another --output, or use --in-place.");

        var reports = new List<RunReport>();
        foreach (string path in paths)
            reports.Add(RunOne(path, options));

        RunReport.Print(reports);
        foreach (RunReport report in reports.Where(report => report.Failure is not null))
            AnsiConsole.MarkupLineInterpolated($"[red]{report.Notebook.Name}: {report.Failure}[/]");

        AnsiConsole.MarkupLineInterpolated($"The executed notebooks are in {options.Output}");
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

    private static RunReport RunOne(string path, RunOptions options)
    {
        Directory.CreateDirectory(options.Output);
        string target = Path.Combine(options.Output, Path.GetFileName(path));
        File.Delete(target);
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(CreateStart(path, target, options))!;
        ForwardErrors(process);
        process.WaitForExit();

        Notebook executed = Notebook.Load(File.Exists(target) ? target : path);
        string? failure = FindFailure(executed, process.ExitCode);
        if (failure is null && options.InPlace)
        {
            executed.Save(path);
            SavePictures(executed, Path.Combine(Path.GetDirectoryName(path)!, "pictures"));
        }

        return new RunReport(executed, clock.Elapsed, failure);
    }

    private static string? FindFailure(Notebook executed, int exitCode)
    {
        if (executed.CodeCells.FirstOrDefault(cell => cell.Error is not null) is { } failed)
            return $"cell {failed.Id} failed: {failed.Error}";

        NotebookCell? next = executed.CodeCells.FirstOrDefault(cell => !cell.HasRun);
        return exitCode == 0 && next is null ? null : $"the process ended with code {exitCode} in cell {next?.Id}.";
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

    private static ProcessStartInfo CreateStart(string path, string target, RunOptions options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(NotebookRunner).Assembly.Location);

        start.ArgumentList.Add(ExecuteCommand);
        start.ArgumentList.Add(path);
        start.ArgumentList.Add(target);
        if (options.Images)
            start.ArgumentList.Add("--images");

        foreach ((string name, string value) in options.Parameters)
            start.ArgumentList.Add($"{name}={value}");

        start.RedirectStandardError = true;
        return start;
    }
}
