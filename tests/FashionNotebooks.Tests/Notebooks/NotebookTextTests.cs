using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What the notebooks say agrees with what they show.</summary>
public sealed partial class NotebookTextTests
{
    public static TheoryData<string> Names => NotebookFiles.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_number_in_the_prose_stands_in_an_output(string name)
    {
        Notebook notebook = NotebookFiles.Load(name);
        string outputs = string.Join('\n', notebook.CodeCells.Select(cell => cell.Text)).Replace(",", "");

        Assert.All(notebook.MarkdownCells().SelectMany(cell => FindNumbers(cell.Source)),
            number => Assert.Matches($@"(?<![\d.]){Regex.Escape(number.Replace(",", ""))}(?![\d]|\.\d)", outputs));
    }

    [Fact]
    public void A_number_that_no_output_has_would_be_found() =>
        Assert.Equal(["60,000", "0.9012", "88%"], FindNumbers(
            """
            ## 3.1 Of 60,000 images, 0.9012 in `3.14` and $1152$ with 64 by SHA-256 in [x](2.99-y.ipynb), 88%.
            ```
            123
            ```
            """));

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_lead_to_files(string name) =>
        Assert.All(
            NotebookFiles.Load(name).MarkdownCells()
                .SelectMany(cell => Link().Matches(cell.Source))
                .Select(match => match.Groups[1].Value),
            link => Assert.True(
                File.Exists(Path.Combine(Repository.Notebooks, link)), $"{name} links to {link}, which is not there."));

    // Counts below 100 ("64 images", "3 by 3") are definitions, not results.
    private static IEnumerable<string> FindNumbers(string markdown) =>
        Number().Matches(NotProse().Replace(markdown, " ")).Select(match => match.Value);

    [GeneratedRegex(
        @"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|^\#+ [\d.]+",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"(?<![\w.-])(\d[\d,]*\.\d+%?|\d{1,3}(,\d{3})+|\d{3,}|\d+%)(?!\w)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\]\((?!http)([^)#]+)\)")]
    private static partial Regex Link();
}
