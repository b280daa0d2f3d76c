using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>The pages beside the notebooks show what the committed notebooks show.</summary>
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

        string folder = Path.Combine(Repository.Notebooks, "pictures");
        IEnumerable<string> ofSolutions = NotebookFiles.Names
            .SelectMany(row => NotebookFiles.Load(row.Data).MarkdownCells())
            .SelectMany(cell => Regex.Matches(cell.Source, @"\]\(pictures/([^)]+)\)"))
            .Select(match => match.Groups[1].Value);
        Assert.Equal(
            pictures.Keys.Concat(ofSolutions).Order(), Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.All(pictures, entry => Assert.Equal(entry.Value, File.ReadAllBytes(Path.Combine(folder, entry.Key))));
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

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("notebooks/README.md")]
    [InlineData("notebooks/corrections.md")]
    public void Links_lead_to_files(string page)
    {
        string path = Path.Combine(Repository.Root, page);
        IEnumerable<string> links = Regex.Matches(File.ReadAllText(path), @"\]\((?!http|\.\./\.\./)([^)#]+)\)")
            .Select(match => match.Groups[1].Value);

        string folder = Path.GetDirectoryName(path)!;
        Assert.All(links, link =>
            Assert.True(File.Exists(Path.Combine(folder, link)), $"{page} links to {link}, which is not there."));
    }
}
