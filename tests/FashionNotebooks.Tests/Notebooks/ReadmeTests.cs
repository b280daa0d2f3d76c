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
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void Accuracies_are_those_of_the_notebooks(string readme)
    {
        const string Row =
            @"\(notebooks/(?:zh/)?([^)]+)\.ipynb\) \|[^|]+\|[^|]+\| (?:test accuracy|测试准确率) (\S+) \|";
        MatchCollection rows = Regex.Matches(Read(readme), Row);

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            (string name, string accuracy) = (row.Groups[1].Value, row.Groups[2].Value);
            Assert.Contains(
                NotebookFiles.Load(name).CodeCells, cell => cell.Text.Contains($"Test accuracy: {accuracy}\n"));
            Assert.Matches($@"│ {name} +│[^│]+│[^│]+│ Test accuracy +│ {accuracy} +│", Read(readme));
        });
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void Accuracies_of_ten_seeds_are_those_of_the_notebook(string readme)
    {
        Notebook notebook = NotebookFiles.Load(CourseNotebooks.SeedsNotebook);
        string table = notebook.CodeCells.Single(cell => cell.Id == "show-summary").Text;
        string[][] rows =
        [
            .. table.Split('\n').Skip(1).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];

        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.Contains($"| {string.Join(" | ", row)} |", Read(readme)));
    }

    [Fact]
    public void Links_of_pages_and_notebooks_lead_to_files()
    {
        const string Link = @"\]\((?!http|\.\./\.\./deployments/)([^)#\s]+)(#[^)]*)?\)";
        string[] files =
        [
            .. Directory.GetFiles(Repository.Root, "*.md"),
            .. Directory.GetFiles(Repository.Notebooks, "*.*", SearchOption.AllDirectories)
                .Where(path => Path.GetExtension(path) is ".md" or ".ipynb"),
        ];
        Assert.All(files, path =>
        {
            string text = Path.GetExtension(path) == ".md" ? File.ReadAllText(path)
                : string.Join('\n', Notebook.Load(path).MarkdownCells().Select(cell => cell.Source));
            Assert.All(Regex.Matches(text, Link).Select(match => match.Groups[1].Value), link => Assert.True(
                File.Exists(Path.Combine(Path.GetDirectoryName(path)!, link)),
                $"{path} links to {link}, which is not there."));
        });
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));
}
