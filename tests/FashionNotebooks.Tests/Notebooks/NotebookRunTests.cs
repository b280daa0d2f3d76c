using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>Runs all notebooks for one epoch, as a reader would for 25.</summary>
[Trait("Category", "Slow")]
public sealed class NotebookRunTests(NotebookRun run)
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    // What these print has other lines or other words after one epoch than after 25; so may the text of any figure.
    // The first of them may have to compile the library.
    private static readonly string[] TrainsOrTakesTime =
    [
        "build", "train", "show-process", "show-epochs", "show-pairs", "show-single", "describe-change",
        "train-third-network", "load-plain-network", "load-table", "describe-table", "compute-gap", "order-rows",
        "count-right", "compare-changes",
    ];

    public static TheoryData<string> Names => NotebookFiles.RunByDefault;

    [Fact]
    public void All_notebooks_succeed() => Assert.True(run.ExitCode == 0, run.Text);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cell_runs_and_shows_what_its_committed_twin_shows(string name)
    {
        IReadOnlyList<NotebookCell> committed = NotebookFiles.Load(name).CodeCells;
        NotebookCell[] executed = [.. run.Cells(name)];

        bool trains = committed.Any(cell => cell.HasTag("parameters"));
        Assert.Equal(committed.Select(cell => cell.Id), executed.Select(cell => cell.Id));
        foreach ((NotebookCell expected, NotebookCell actual) in committed.Zip(executed))
        {
            Assert.True(actual.HasRun, $"{name}, cell {actual.Id} did not run.");
            Assert.Equal(expected.Outputs.Select(Kind), actual.Outputs.Select(Kind));
            if (!TrainsOrTakesTime.Contains(actual.Id) && !(trains && expected.Outputs.Any(IsFigure)))
                Assert.Equal($"{actual.Id}: {MaskNumbers(expected.Text)}", $"{actual.Id}: {MaskNumbers(actual.Text)}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Solutions_show_what_the_text_says(string name)
    {
        IReadOnlyList<Solution> solutions = Solution.In(name);
        Dictionary<string, string> executed =
            run.Load(name).CodeCells.ToDictionary(cell => cell.Id, cell => cell.Text.Trim());

        bool trains = NotebookFiles.Load(name).CodeCells.Any(cell => cell.HasTag("parameters"));
        string Compared(string text) => trains && NotebookRun.Epochs != "25" ? MaskNumbers(text) : text;
        int blocks = NotebookFiles.Load(name).MarkdownCells().Sum(cell => Regex.Count(cell.Source, "```csharp"));
        Assert.Equal(blocks, solutions.Count);
        Assert.All(solutions, solution => Assert.NotEmpty(solution.Shown));
        Assert.All(solutions, solution => Assert.Equal(Compared(solution.Shown), Compared(executed[solution.Id])));
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
    public void With_all_figures_as_an_editor_saves_them_files_are_below_3_MB(string name) =>
        Assert.InRange(new FileInfo(run.Load(name).Path).Length, 0, 3_000_000);

    [Theory]
    [InlineData("3-train-and-predict")]
    [InlineData("5-train-and-predict-dilated")]
    public void Epochs_override_the_notebooks_own_number_and_accuracy_is_printed(string name)
    {
        string text = string.Concat(run.Load(name).CodeCells.Select(cell => cell.Text));

        Assert.Contains("Epoch 0/0: validation accuracy 0.", text); // of the cell that trains for numEpochs
        Assert.Matches(@"(?m)^Test accuracy: 0\.[67]\d{3}$", text);
    }

    [Fact]
    public void The_table_sets_results_beside_the_tutorials()
    {
        Assert.Matches(@"Batches\s+│ 938\s+│ 938", run.Text);
        Assert.Matches(@"Test accuracy\s+│ 0\.7\d{3}\s+│ 0\.9073", run.Text);
        Assert.Matches(@"Test accuracy\s+│ 0\.[67]\d{3}\s+│ 0\.8841", run.Text);
    }

    private static string MaskNumbers(string text) => Regex.Replace(text, @" *-?\d[\d,]*(\.\d+)?", "#");

    private static bool IsFigure(JsonNode? committed) => committed!["data"]?[Plotly] is not null;

    private static string Html(JsonNode? output) => string.Concat(output!["data"]?["text/html"]?.AsArray() ?? []);

    private static string Kind(JsonNode? output) => output!["output_type"]!.ToString();
}
