namespace FashionNotebooks.Runner;

/// <summary>How the run of a notebook ended.</summary>
/// <param name="Name">The notebook's.</param>
/// <param name="Executed">The notebook with its outputs; null if no cell could be run.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Failure">What went wrong, in words; null if nothing did.</param>
internal sealed record RunReport(string Name, Notebook? Executed, TimeSpan Elapsed, string? Failure)
{
    public static string Format(TimeSpan time) => $"{(int)time.TotalMinutes}:{time:ss}";

    /// <summary>Prints a table of all notebooks, with their results beside the tutorial's, and what went wrong.
    /// </summary>
    public static void Print(IReadOnlyList<RunReport> reports)
    {
        Table table = new Table().AddColumns("Notebook", "Cells", "Time", "Result", "Here", "Tutorial");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        foreach (RunReport report in reports)
        {
            (string Name, string Here, string Tutorial)[] results = [.. report.Executed?.Results() ?? []];
            IReadOnlyList<NotebookCell> cells = report.Executed?.CodeCells ?? [];
            string here = string.Join('\n', results.Select(result => result.Here));
            table.AddRow(
                new Text(report.Name),
                new Text($"{cells.Count(cell => cell.HasRun && cell.Error is null)}/{cells.Count}"),
                new Text(Format(report.Elapsed)),
                new Text(string.Join('\n', results.Select(result => result.Name))),
                report.Failure is null ? new Text(here) : new Text("failed", Color.Red),
                new Text(string.Join('\n', results.Select(result => result.Tutorial))));
        }

        AnsiConsole.Write(table);
        foreach (RunReport report in reports.Where(report => report.Failure is not null))
            AnsiConsole.MarkupLineInterpolated($"[red]{report.Name}: {report.Failure}[/]");
    }
}
