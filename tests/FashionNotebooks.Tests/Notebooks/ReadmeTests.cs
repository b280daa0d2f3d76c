using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>The pages beside the notebooks show what the committed notebooks show.</summary>
public class ReadmeTests
{
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
    [InlineData("README.md", "", "test accuracy", "3-train-and-predict")]
    [InlineData("README.md", "", "test accuracy", "5-train-and-predict-dilated")]
    [InlineData("README.zh-CN.md", "zh/", "测试准确率", "3-train-and-predict")]
    [InlineData("README.zh-CN.md", "zh/", "测试准确率", "5-train-and-predict-dilated")]
    public void Accuracies_are_those_of_the_notebooks(string readme, string folder, string words, string name)
    {
        string page = Read(readme);
        string text = string.Concat(NotebookFiles.Load(name).CodeCells.Select(cell => cell.Text));
        string accuracy = Regex.Match(text, @"(?m)^Test accuracy: (0\.\d{4})$").Groups[1].Value;

        Assert.NotEmpty(accuracy);
        Assert.Matches(
            $@"\| \[\d [^|]+\]\(notebooks/{folder}{name}\.ipynb\) \|[^|]+\|[^|]+\| {words} {accuracy} \|", page);
        Assert.Matches($@"│ {name} +│[^│]+│[^│]+│ Test accuracy +│ {accuracy} +│", page);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void Accuracies_of_ten_seeds_are_those_of_the_notebook(string readme)
    {
        Notebook notebook = NotebookFiles.Load(NotebookFolder.SeedsNotebook);
        string table = notebook.CodeCells.Single(cell => cell.Id == "show-summary").Text;
        string[][] rows =
        [
            .. table.Split('\n').Skip(1).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];

        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.Contains($"| {string.Join(" | ", row)} |", Read(readme)));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("notebooks/README.md")]
    [InlineData("notebooks/corrections.md")]
    [InlineData("notebooks/zh/glossary.md")]
    public void Links_lead_to_files(string page)
    {
        string path = Path.Combine(Repository.Root, page);
        const string Link = @"\]\((?!http|\.\./\.\./deployments/)([^)#]+)(#[^)]*)?\)";
        IEnumerable<string> links = Regex.Matches(File.ReadAllText(path), Link)
            .Select(match => match.Groups[1].Value);

        string folder = Path.GetDirectoryName(path)!;
        Assert.All(links, link =>
            Assert.True(File.Exists(Path.Combine(folder, link)), $"{page} links to {link}, which is not there."));
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));
}
