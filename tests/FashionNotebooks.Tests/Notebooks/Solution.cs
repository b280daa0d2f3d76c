using System.Text.RegularExpressions;

namespace FashionNotebooks.Tests;

/// <summary>A piece of code in a notebook's text, and what the text says that it shows.</summary>
/// <param name="Id">A name for the cell that runs it.</param>
/// <param name="Code">C# that runs after the notebook's last cell and the solutions before.</param>
/// <param name="Shown">What it prints, or the description of its figure.</param>
internal sealed partial record Solution(string Id, string Code, string Shown)
{
    public const string Prefix = "solution-";

    public static IReadOnlyList<Solution> In(string markdown) =>
    [
        .. Block().Matches(markdown).Select((match, index) => new Solution(
            $"{Prefix}{index + 1}",
            match.Groups["code"].Value,
            string.Join('\n', new[] { "text", "picture" }
                .Select(group => match.Groups[group].Value.Trim()).Where(shown => shown != "")))),
    ];

    public static IReadOnlyList<Solution> OfNotebook(string name) =>
        In(string.Join("\n\n", NotebookFiles.Load(name).MarkdownCells().Select(cell => cell.Source)));

    [GeneratedRegex(
        @"```csharp\n(?<code>.+?)\n```\n(\n```text\n(?<text>.*?)```\n)?(\n!\[(?<picture>[^\]]*)\]\([^)]+\)\n)?",
        RegexOptions.Singleline)]
    private static partial Regex Block();
}
