using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What the notebooks say agrees with what they show.</summary>
public sealed partial class NotebookTextTests
{
    public static TheoryData<string> Names => NotebookFiles.Names;

    /// <summary>
    /// A result stands in an output of its section, of a section or notebook that its sentence names, or beside words
    /// of its sentence, as 0.9103 in "validation accuracy 0.9103". Whole numbers may stand in any output.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_number_in_the_prose_stands_in_an_output_to_which_its_sentence_points(string name)
    {
        IReadOnlyList<NotebookSection> sections = NotebookSection.In(name);

        Assert.All(sections, section => Assert.All(FindSentences(section.Prose), sentence =>
        {
            IEnumerable<NotebookSection> pointedAt =
            [
                section,
                .. sections.Where(other => other.IsNamedIn(sentence)),
                .. FindNotebooks(sentence).SelectMany(NotebookSection.In),
            ];
            Assert.All(FindNumbers(sentence), number => Assert.True(
                pointedAt.Any(other => other.Shows(number))
                || sections.Any(other => number.IndexOfAny(['.', '%']) < 0
                    ? other.Shows(number) : other.ShowsBesideWordsOf(sentence, number)),
                $"{name}, section \"{section.Title}\": no output has {number} to which this points: {sentence}"));
        }));
    }

    [Fact]
    public void A_number_that_no_output_has_would_be_found() =>
        Assert.Equal(["60,000", "0.9012", "88%"], FindSentences(
            """
            # 3. A title such as from 0.12 to 0.34 is a name
            ## 3.1 Of 60,000 images, 0.9012 in `3.14` and $1152$ with 64 by SHA-256 in [x](2.99-y.ipynb), 88%.
            ```
            123
            ```
            """).SelectMany(FindNumbers));

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

    /// <summary>The Chinese edition has it as its title.</summary>
    [Fact]
    public void Each_section_of_the_tutorial_has_its_heading_beside_our_own() =>
        Assert.All(
            NotebookFiles.Names.Select(row => row.Data).Where(name =>
                NotebookFiles.Load(name).MarkdownCells().Any(cell => Mark().IsMatch(cell.Source))),
            name => Assert.EndsWith(
                $" · {ChineseEditionTests.Load(name).Cells[0].Source.Split('\n')[0].Split(". ")[1]}",
                NotebookFiles.Load(name).Cells[0].Source.Split('\n')[0]));

    [Fact]
    public void The_ten_seeds_in_notebook_9_are_those_of_notebook_7()
    {
        Notebook notebook = NotebookFiles.Load(CourseNotebooks.SeedsNotebook);
        string printed = notebook.CodeCells.Single(cell => cell.Id == "train").Text;
        IEnumerable<Match> seeds = Regex.Matches(printed, @"(?<=: ConvNet )[\d.]+");

        Assert.Contains(
            $"{{ {string.Join(", ", seeds)} }}",
            NotebookCodeTests.Code(CourseNotebooks.RecipesNotebook, ["test-together"]));
    }

    [Fact]
    public void No_cell_of_notebook_9_knows_the_test_images_before_the_test() => Assert.All(
        NotebookFiles.Load(CourseNotebooks.RecipesNotebook).CodeCells.TakeWhile(cell => cell.Id != "test-together"),
        cell => Assert.DoesNotMatch(@"train: false|\btest\b", cell.Source));

    /// <summary>The sentences of a text, without code and formulas; a link to a notebook becomes its number.</summary>
    internal static IEnumerable<string> FindSentences(string markdown) => SentenceEnd()
        .Split(NotProse().Replace(
            markdown, match => match.Groups["linked"] is { Success: true } number ? $" notebook {number} " : " "));

    // Counts below 100 ("64 images", "3 by 3") are definitions, not results.
    internal static IEnumerable<string> FindNumbers(string sentence) =>
        Number().Matches(sentence).Select(match => match.Value);

    private static IEnumerable<string> FindNotebooks(string sentence) =>
        from match in NotebookNumber().Matches(sentence)
        from digit in match.Value.Where(char.IsDigit)
        from row in NotebookFiles.Names
        where row.Data[0] == digit
        select row.Data;

    [GeneratedRegex(@"(?<=[.:!?]\)?)\s|\n")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\bnotebooks? \d( and \d)?", RegexOptions.IgnoreCase)]
    private static partial Regex NotebookNumber();

    [GeneratedRegex(
        @"```.*?```|`[^`]*`|!\[[^\]]*\]|\$\$.*?\$\$|\$[^$]*\$|\]\((?<linked>\d)?[^)]*\)|^\# [^\n]*|^\#+ [\d.]+",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"(?<![\w.-]|section )(\d[\d,]*\.\d+%?|\d{1,3}(,\d{3})+|\d{3,}|\d+%)(?!\w)")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\*Tutorial: [^*]+\*", RegexOptions.Multiline)]
    private static partial Regex Mark();

    [GeneratedRegex(@"Out\[\d\]|figure \d")]
    private static partial Regex Counterpart();
}
