using System.Text.RegularExpressions;

namespace FashionNotebooks.Tests;

/// <summary>What the notebooks say agrees with what they show.</summary>
public sealed partial class NotebookTextTests
{
    public static TheoryData<string> Names => NotebookFiles.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_number_in_the_prose_stands_in_an_output(string name)
    {
        string outputs = FindOutputs(name);

        Assert.All(NotebookFiles.Load(name).MarkdownCells().SelectMany(cell => FindNumbers(cell.Source)),
            number => AssertShown(number, outputs));
    }

    [Fact]
    public void A_number_that_no_output_has_would_be_found() =>
        Assert.Equal(["60,000", "0.9012", "88%"], FindNumbers(
            """
            # 3. A title such as from 0.12 to 0.34 is a name
            ## 3.1 Of 60,000 images, 0.9012 in `3.14` and $1152$ with 64 by SHA-256 in [x](2.99-y.ipynb), 88%.
            ```
            123
            ```
            """));

    [Fact]
    public void Each_result_of_the_tutorial_has_its_counterpart()
    {
        string[] prose = [.. NotebookFiles.Names.Select(row =>
            string.Join('\n', NotebookFiles.Load(row.Data).MarkdownCells().Select(cell => cell.Source)))];
        IEnumerable<string> marks = prose.SelectMany(text => Mark().Matches(text))
            .SelectMany(line => Counterpart().Matches(line.Value)).Select(match => match.Value);

        Assert.Equal(
            Enumerable.Range(1, 7).SelectMany(number => new[] { $"Out[{number}]", $"figure {number}" }).Order(),
            marks.Order());
    }

    [Theory]
    [InlineData("1-data-preparation", "图像数据准备")]
    [InlineData("2-convolutional-network", "卷积神经网络的搭建")]
    [InlineData("3-train-and-predict", "卷积神经网络训练与预测")]
    [InlineData("4-dilated-network", "空洞卷积神经网络的搭建")]
    [InlineData("5-train-and-predict-dilated", "空洞卷积神经网络训练与预测")]
    public void Each_section_has_the_tutorials_heading_beside_its_own(string name, string heading) =>
        Assert.EndsWith($" · {heading}", NotebookFiles.Load(name).Cells[0].Source.Split('\n')[0]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_lead_to_files(string name) =>
        Assert.All(
            NotebookFiles.Load(name).MarkdownCells()
                .SelectMany(cell => Link().Matches(cell.Source))
                .Select(match => match.Groups[1].Value),
            link => Assert.True(
                File.Exists(Path.Combine(Repository.Notebooks, link)), $"{name} links to {link}, which is not there."));

    /// <summary>What the cells and the solutions of a notebook show.</summary>
    internal static string FindOutputs(string name)
    {
        IEnumerable<string> shown = NotebookFiles.Load(name).CodeCells.Select(cell => cell.Text)
            .Concat(Solution.In(name).Select(solution => solution.Shown));
        return string.Join('\n', shown).Replace(",", "");
    }

    internal static void AssertShown(string number, string outputs) =>
        Assert.Matches($@"(?<![\d.]){Regex.Escape(number.Replace(",", ""))}(?![\d]|\.\d)", outputs);

    // Counts below 100 ("64 images", "3 by 3") are definitions, not results.
    internal static IEnumerable<string> FindNumbers(string markdown) =>
        Number().Matches(NotProse().Replace(markdown, " ")).Select(match => match.Value);

    [GeneratedRegex(
        @"```.*?```|`[^`]*`|!\[[^\]]*\]|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|^\# [^\n]*|^\#+ [\d.]+",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"(?<![\w.-])(\d[\d,]*\.\d+%?|\d{1,3}(,\d{3})+|\d{3,}|\d+%)(?!\w)")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\*Tutorial: [^*]+\*", RegexOptions.Multiline)]
    private static partial Regex Mark();

    [GeneratedRegex(@"Out\[\d\]|figure \d")]
    private static partial Regex Counterpart();

    [GeneratedRegex(@"\]\((?!http)([^)#]+)\)")]
    private static partial Regex Link();
}
