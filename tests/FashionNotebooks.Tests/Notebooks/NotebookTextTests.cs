using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
    [InlineData("2-convolutional-network", "lib/FashionNotebooks/Models/ConvNet.cs", null)]
    [InlineData("3-train-and-predict", "lib/FashionNotebooks/Training/Trainer.cs", "TrainModel")]
    [InlineData("3-train-and-predict", "lib/FashionNotebooks/Training/RunningMetrics.cs", "Add")]
    [InlineData("3-train-and-predict", "lib/FashionNotebooks/Training/BestWeights.cs", "Update")]
    [InlineData("4-dilated-network", "lib/FashionNotebooks/Models/DilatedConvNet.cs", null)]
    public void Code_of_the_library_is_shown_whole_and_as_it_is(string name, string path, string? method)
    {
        string prose = string.Join('\n', NotebookFiles.Load(name).MarkdownCells().Select(cell => cell.Source));
        Match block = Regex.Match(prose, $@"```csharp\n// {Regex.Escape(path)}\n(.+?)\n```", RegexOptions.Singleline);
        Assert.True(block.Success, $"{name} does not show {path}.");

        MemberDeclarationSyntax code = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Repository.Root, path)))
            .GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Single(member => method is null ? member is ClassDeclarationSyntax
                : member is MethodDeclarationSyntax declaration && declaration.Identifier.Text == method);
        Assert.Equal(Normalize(code.ToFullString()), Normalize(block.Groups[1].Value));
    }

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

    // Without documentation comments, which the notebooks leave out, and without indentation.
    private static string Normalize(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("///"))).Trim();

    [GeneratedRegex(
        @"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|^\#+ [\d.]+",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"(?<![\w.-])(\d[\d,]*\.\d+%?|\d{1,3}(,\d{3})+|\d{3,}|\d+%)(?!\w)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\]\((?!http)([^)#]+)\)")]
    private static partial Regex Link();
}
