using Spectre.Console;

namespace FashionNotebooks.Runner;

internal sealed record RunReport(string Name, Notebook? Executed, TimeSpan Elapsed, string? Failure)
{
    /// <summary>Prints a table of all notebooks, with their results beside the tutorial's.</summary>
    public static void Print(IEnumerable<RunReport> reports)
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
                new Text(NotebookExecution.Format(report.Elapsed)),
                new Text(string.Join('\n', results.Select(result => result.Name))),
                report.Failure is null ? new Text(here) : new Text("failed", Color.Red),
                new Text(string.Join('\n', results.Select(result => result.Tutorial))));
        }

        AnsiConsole.Write(table);
    }
}
