using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What the run of the notebooks shows is what the committed ones show.</summary>
[Trait("Category", "Slow")]
public sealed class NotebookRunTests(NotebookRun run)
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    public static TheoryData<string> Names => NotebookRun.Names;

    [Fact]
    public void All_notebooks_succeed_in_a_folder_with_odd_characters() => Assert.True(run.ExitCode == 0, run.Text);

    /// <summary>
    /// A notebook with parameters trains: there, all but the numbers is compared. A cell with the tag "varies" has
    /// other words or lines after a shorter training, too, or the first time.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cell_runs_and_shows_what_its_committed_twin_shows(string name)
    {
        NotebookCell[] executed = [.. run.Cells(name)];
        IReadOnlyList<NotebookCell> committed = NotebookFiles.Load(name).CodeCells;
        Func<string, string> comparable = Comparison(name);

        Assert.Equal(committed.Select(cell => cell.Id), executed.Select(cell => cell.Id));
        Assert.All(committed.Zip(executed), pair =>
        {
            Assert.True(pair.Second.HasRun, $"{name}, cell {pair.Second.Id} did not run.");
            // This cell says something only where it has to compile.
            if (pair.First.Id != "build")
                Assert.Equal(pair.First.Outputs.Select(Kind), pair.Second.Outputs.Select(Kind));
            if (!pair.First.HasTag("varies"))
                Assert.Equal(comparable(pair.First.Text), comparable(pair.Second.Text));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Solutions_show_what_the_text_says(string name)
    {
        IReadOnlyList<Solution> solutions = Solution.OfNotebook(name);
        Dictionary<string, string> executed =
            run.Load(name).CodeCells.ToDictionary(cell => cell.Id, cell => cell.Text.Trim());

        Func<string, string> comparable = Comparison(name);
        int blocks = NotebookFiles.Load(name).MarkdownCells().Sum(cell => Regex.Count(cell.Source, "```csharp"));
        Assert.Equal(blocks, solutions.Count);
        Assert.All(solutions, solution => Assert.NotEmpty(solution.Shown));
        Assert.All(solutions, solution =>
            Assert.Equal(comparable(solution.Shown), comparable(executed[solution.Id])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Figures_bring_all_they_need(string name)
    {
        (string Id, string Html)[] figures =
        [
            .. run.Cells(name)
                .SelectMany(cell => cell.Outputs, (cell, output) => (cell.Id, Html: Html(output)))
                .Where(figure => Regex.IsMatch(figure.Html, "Plotly.newPlot|<img")),
        ];

        Assert.Equal(
            NotebookFiles.Load(name).CodeCells.SelectMany(cell => cell.Outputs.Where(IsFigure).Select(_ => cell.Id)),
            figures.Select(figure => figure.Id));
        Assert.All(figures, figure => Assert.DoesNotContain("src=\"http", figure.Html));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_all_figures_as_an_editor_saves_them_outputs_are_below_6_MB(string name) =>
        Assert.InRange(run.Cells(name).Sum(cell => NotebookFiles.WriteOutputs(cell).Length), 0, 6_000_000);

    [Fact]
    public void The_table_sets_results_beside_the_tutorials()
    {
        Assert.Matches(@"Batches\s+│ 938\s+│ 938", run.Text);
        Assert.Matches(@"Features after flattening\s+│ 512\s+│ 512", run.Text);
        Assert.Matches(@"Test accuracy\s+│ 0\.\d{4}\s+│ 0\.9073", run.Text);
        Assert.Matches(@"Test accuracy\s+│ 0\.\d{4}\s+│ 0\.8841", run.Text);
    }

    private static Func<string, string> Comparison(string name) =>
        NotebookRun.HasAllEpochs || !NotebookFiles.Load(name).CodeCells.Any(cell => cell.HasTag("parameters"))
            ? text => text : text => Regex.Replace(text, @" *-?\d[\d,]*(\.\d+)?", "#");

    private static bool IsFigure(JsonNode? committed) => committed!["data"]?[Plotly] is not null;

    private static string Html(JsonNode? output) => string.Concat(output!["data"]?["text/html"]?.AsArray() ?? []);

    private static string Kind(JsonNode? output) => output!["output_type"]!.ToString();
}
