using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What stands in a notebook between one heading of the second level and the next.</summary>
internal sealed partial class NotebookSection(string title)
{
    private readonly List<string> outputs = [];

    /// <summary>The heading, such as "7.3 Is a difference more than luck?".</summary>
    public string Title { get; } = title;

    public string Prose { get; private set; } = "";

    /// <returns>A notebook's sections; the first is what stands above the first heading.</returns>
    public static IReadOnlyList<NotebookSection> In(string name)
    {
        List<NotebookSection> sections = [new("")];
        foreach (NotebookCell cell in NotebookFiles.Load(name).Cells)
        {
            if (cell.IsCode)
                sections[^1].outputs.Add(WithoutCommas(cell.Text));

            foreach (string part in cell.IsCode ? [] : Heading().Split(cell.Source))
            {
                if (part.StartsWith("## "))
                    sections.Add(new(part.Split('\n')[0][3..]));

                sections[^1].Prose += part + "\n";
                sections[^1].outputs.AddRange(Solution.In(part).Select(solution => WithoutCommas(solution.Shown)));
            }
        }

        return sections;
    }

    /// <summary>Whether the sentence holds the heading, if it has several words, or "section" and its number.</summary>
    public bool IsNamedIn(string sentence)
    {
        string[] parts = Title.Split(' ', 2);
        return parts.Length == 2 && (sentence.Contains($"section {parts[0]}")
            || parts[1].Contains(' ') && sentence.Contains(parts[1], StringComparison.OrdinalIgnoreCase));
    }

    public bool Shows(string number) => outputs.Any(Pattern(number).IsMatch);

    /// <summary>Whether an output has the number behind words of the sentence, or in a column with such a name.
    /// </summary>
    public bool ShowsBesideWordsOf(string sentence, string number) => outputs.Any(output =>
    {
        string[] lines = output.Split('\n');
        string[][] split = [.. lines.Select(line => Pattern(number).Split(line)).Where(parts => parts.Length > 1)];
        IEnumerable<string> labels = split.Select(parts => Words().Matches(parts[0]).LastOrDefault()?.Value ?? "");
        return split.Length > 0 && labels.Concat(lines[0].Split("  "))
            .Select(label => LongWord().Matches(label).Select(match => match.Value))
            .Any(words => words.Any()
                && words.All(word => sentence.Contains(word, StringComparison.OrdinalIgnoreCase)));
    });

    private static Regex Pattern(string number) =>
        new($@"(?<![\d.]){Regex.Escape(WithoutCommas(number))}(?![\d]|\.\d)");

    private static string WithoutCommas(string text) => Thousands().Replace(text, "");

    [GeneratedRegex("^(?=## )", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<=\d),(?=\d{3})")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\p{L}[\p{L}' -]*")]
    private static partial Regex Words();

    [GeneratedRegex(@"\p{L}{4,}")]
    private static partial Regex LongWord();
}
