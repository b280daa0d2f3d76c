using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>The notebooks in Chinese are those in English, but for their text.</summary>
public sealed partial class ChineseEditionTests
{
    private static readonly string Folder = Path.Combine(Repository.Notebooks, Translation.Folder);

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Cells_have_the_code_the_tags_and_the_outputs_of_the_English_ones(string name)
    {
        Notebook english = NotebookFiles.Load(name);
        Notebook chinese = Load(name);

        Assert.Equal(english.Cells.Select(cell => cell.Id), chinese.Cells.Select(cell => cell.Id));
        Assert.Equal($"{english.Metadata}", $"{chinese.Metadata}");
        Assert.All(english.CodeCells.Zip(chinese.CodeCells), pair =>
        {
            Assert.Equal((pair.First.Id, Translation.Deepen(pair.First.Source)), (pair.Second.Id, pair.Second.Source));
            Assert.Equal(
                (pair.First.Id, Translation.Deepen(WithoutSource(pair.First))),
                (pair.Second.Id, WithoutSource(pair.Second)));
        });
    }

    /// <summary>Each text carries the mark of the English one that it was written for.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_English_text_has_changed_since_it_was_translated(string name) =>
        Assert.All(NotebookFiles.Load(name).MarkdownCells().Zip(Load(name).MarkdownCells()), pair =>
        {
            string mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pair.First.Source)))[..8];
            Assert.True(mark == (string?)pair.Second.Metadata["translates"],
                $"{name}, cell {pair.First.Id}: the English text has changed. Bring the Chinese one up to date, and "
                + $"set its metadata to \"translates\": \"{mark}\".");
        });

    /// <summary>Those are looked for in the outputs.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_in_the_prose_are_those_of_the_English_text(string name) =>
        Assert.All(NotebookFiles.Load(name).MarkdownCells().Zip(Load(name).MarkdownCells()), pair =>
            Assert.Equal(FindNumbers(pair.First.Source), FindNumbers(pair.Second.Source)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Solutions_have_the_code_and_the_results_of_the_English_ones(string name) =>
        Assert.All(NotebookFiles.Load(name).MarkdownCells().Zip(Load(name).MarkdownCells()), pair => Assert.Equal(
            Block().Matches(pair.First.Source).Select(block => Translation.Deepen(block.Value)),
            Block().Matches(pair.Second.Source).Select(block => block.Value)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Formulas_and_marks_are_those_of_the_English_text(string name) =>
        Assert.All(NotebookFiles.Load(name).MarkdownCells().Zip(Load(name).MarkdownCells()), pair =>
        {
            Assert.Equal(FindFormulas(pair.First), FindFormulas(pair.Second));
            Assert.Equal(
                Regex.Matches(pair.First.Source, @"Out\[\d\]").Select(match => match.Value),
                Regex.Matches(pair.Second.Source, @"Out\[\d\]").Select(match => match.Value));
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_lead_to_the_Chinese_edition_where_there_is_one(string name)
    {
        IEnumerable<string> others = Names.Select(row => row.Data).Where(other => other != name);

        Assert.All(Load(name).MarkdownCells(), cell =>
            Assert.All(others, other => Assert.DoesNotContain($"](../{other}.ipynb", cell.Source)));
    }

    /// <summary>Punctuation is full-width, and a space stands between Chinese and what is not.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Chinese_is_set_as_Chinese_readers_expect(string name) =>
        Assert.All(Load(name).MarkdownCells(), cell =>
        {
            // The tutorial's name stays as it is.
            string text = Prose(cell).Replace("Pytorch教程——卷积神经网络识别Fashion-MNIST", "");
            text = Regex.Replace(text, @"</?\w+>", "\n");
            text = Regex.Replace(text, @"`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", "\u2060");
            text = Regex.Replace(text, @"\]\([^)]*\)|\[", "");

            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}[,.;:?!()]", text);
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}[A-Za-z0-9\u2060]", text);
            Assert.DoesNotMatch(@"[A-Za-z0-9%\u2060]\p{IsCJKUnifiedIdeographs}", text);
            Assert.DoesNotMatch(@" [，。；：？、）]|[，。；：？、（] (?!\*|$)", text);
        });

    internal static Notebook Load(string name) => Notebook.Load(Path.Combine(Folder, name + ".ipynb"));

    private static IEnumerable<string> FindNumbers(string markdown) => NotebookTextTests.FindSentences(markdown)
        .SelectMany(NotebookTextTests.FindNumbers).Select(number => number.Replace(",", "")).Distinct().Order();

    // Words in a formula are translated.
    private static IEnumerable<string> FindFormulas(NotebookCell cell) => Formula().Matches(Prose(cell))
        .Select(match => Regex.Replace(match.Value, @"\\text\{\p{L}[^}]{2,}\}", "word")).Distinct().Order();

    private static string WithoutSource(NotebookCell cell) =>
        $"{cell.ExecutionCount} {cell.Metadata} {NotebookFiles.WriteOutputs(cell)}";

    private static string Prose(NotebookCell cell) => Block().Replace(cell.Source, "");

    [GeneratedRegex("^```.*?^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\$\$.*?\$\$|\$[^$]*\$")]
    private static partial Regex Formula();
}
