using System.Globalization;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>The notebook that makes the network better.</summary>
public sealed partial class RecipesRunTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-recipes-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    [Trait("Category", "Slow")]
    public void Each_change_is_trained_and_all_together_are_tested()
    {
        (int exitCode, string text) = RunnerProcess.Run(
            NotebookFolder.RecipesNotebook, "--seeds", "1", "--epochs", "1", "--output", folder.FullName);

        Assert.True(exitCode == 0, text);
        Notebook notebook = Notebook.Load(folder.GetFiles().Single().FullName);
        string[][] rows =
        [
            .. Text(notebook, "show-alone").Split('\n').Skip(1)
                .Select(row => Columns().Split(row.Trim())),
        ];
        double start = Parse(rows.Single(row => row[0] == "One cycle")[1]);
        Assert.True(rows.Length >= 7, text);
        Assert.All(rows, row => Assert.InRange(Parse(row[1]), 0.7, 0.93));
        Assert.All(rows, row => Assert.Equal(Parse(row[1]) - start, Parse(row[^2]), 1.1e-4));
        Assert.Contains("Test accuracy", Text(notebook, "test-together"));
        Assert.InRange(Parse(Accuracy().Match(Text(notebook, "test-together")).Groups[1].Value), 0.8, 0.93);
        Assert.False(Directory.Exists(Path.Combine(Repository.Root, "artifacts", "recipes-epochs1-batch64")));
    }

    [Fact]
    public void The_ten_seeds_are_those_of_their_notebook()
    {
        string[] expected =
        [
            .. Seed().Matches(Text(NotebookFiles.Load(NotebookFolder.SeedsNotebook), "train"))
                .Select(match => match.Groups[1].Value),
        ];
        string code = NotebookFiles.Load(NotebookFolder.RecipesNotebook).CodeCells
            .Single(cell => cell.Id == "test-together").Source;

        Assert.Equal(10, expected.Length);
        Assert.Equal(expected, TestAccuracy().Matches(code).Select(match => match.Value).Take(10));
    }

    [Fact]
    public void No_cell_before_the_test_knows_the_test_images()
    {
        NotebookCell[] before =
        [
            .. NotebookFiles.Load(NotebookFolder.RecipesNotebook).CodeCells
                .TakeWhile(cell => cell.Id != "test-together"),
        ];

        Assert.True(before.Length > 10);
        Assert.All(before, cell => Assert.DoesNotContain("train: false", cell.Source));
        Assert.All(before, cell => Assert.DoesNotMatch(@"\btest\b", cell.Source));
    }

    private static string Text(Notebook notebook, string cell) =>
        notebook.CodeCells.Single(candidate => candidate.Id == cell).Text;

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Columns();

    [GeneratedRegex(@"All together: mean ([\d.]+)")]
    private static partial Regex Accuracy();

    [GeneratedRegex(@"Seed \d+: ConvNet ([\d.]+)")]
    private static partial Regex Seed();

    [GeneratedRegex(@"0\.\d{4}")]
    private static partial Regex TestAccuracy();
}
