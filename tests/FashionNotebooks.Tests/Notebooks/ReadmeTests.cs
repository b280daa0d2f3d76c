using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>README.md shows what the committed notebooks show.</summary>
public class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void Pictures_are_those_of_the_notebooks()
    {
        Dictionary<string, byte[]> pictures = NotebookFiles.Names
            .SelectMany(row => NotebookFiles.Load(row.Data).CodeCells
                .Where(cell => cell.HasTag("picture"))
                .Select(cell => (Name: $"{row.Data}-{cell.Id}.png", cell.Picture)))
            .ToDictionary(entry => entry.Name, entry => entry.Picture!);

        string[] files = Directory.GetFiles(Path.Combine(Repository.Notebooks, "pictures"));
        Assert.Equal(pictures.Keys.Order(), files.Select(Path.GetFileName).Order());
        Assert.All(files, file => Assert.Equal(pictures[Path.GetFileName(file)], File.ReadAllBytes(file)));
    }

    [Theory]
    [InlineData("3-train-and-predict")]
    [InlineData("5-train-and-predict-dilated")]
    public void Accuracies_are_those_of_the_notebooks(string name)
    {
        string text = string.Concat(NotebookFiles.Load(name).CodeCells.Select(cell => cell.Text));
        string accuracy = Regex.Match(text, @"(?m)^Test accuracy: (0\.\d{4})$").Groups[1].Value;

        Assert.NotEmpty(accuracy);
        Assert.Matches(
            $@"\| \[\d [^|]+\]\(notebooks/{name}\.ipynb\) \|[^|]+\|[^|]+\| test accuracy {accuracy} \|", Readme);
        Assert.Matches($@"│ {name} +│[^│]+│[^│]+│ Test accuracy +│ {accuracy} +│", Readme);
    }

    [Fact]
    public void Accuracies_of_ten_seeds_are_those_of_the_notebook()
    {
        Notebook notebook = NotebookFiles.Load(NotebookFolder.SeedsNotebook);
        string table = notebook.CodeCells.Single(cell => cell.Id == "show-summary").Text;
        string[][] rows =
        [
            .. table.Split('\n').Skip(1).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal("10", row[1]));
        Assert.All(rows, row => Assert.Contains($"| {row[0]} | {string.Join(" | ", row[2..])} |", Readme));
    }

    [Fact]
    public void Links_lead_to_files() =>
        Assert.All(
            Regex.Matches(Readme, @"\]\((?!http)([^)#]+)\)").Select(match => match.Groups[1].Value),
            link => Assert.True(
                File.Exists(Path.Combine(Repository.Root, link)), $"README.md links to {link}, which is not there."));
}
