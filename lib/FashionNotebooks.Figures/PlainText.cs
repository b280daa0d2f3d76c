using System.Text.RegularExpressions;

namespace FashionNotebooks;

/// <summary>Text from outside, such as the names of classes, as it is written, in lines of a given width.</summary>
internal static partial class PlainText
{
    // Behind spaces and signs, within names such as BatchNorm, around line breaks and Chinese characters.
    [GeneratedRegex(
        @"(?<=[\s/,_-])(?=[^\s/,_-])|(?<=\p{Ll})(?=\p{Lu})|(?<=[\n\u2E80-\uD7FF])|(?=[\n\u2E80-\uD7FF])")]
    private static partial Regex Breaks { get; }

    /// <summary>Cuts a text into lines, where possible between words; without control characters.</summary>
    /// <param name="text">The text; its own line breaks stay.</param>
    /// <param name="width">What a line has room for, in em: 1 is the size of the letters.</param>
    /// <returns>One line or more, together the whole text.</returns>
    public static string[] Wrap(string text, double width)
    {
        // XML, and SVG with it, knows neither control characters nor U+FFFE and U+FFFF.
        string[] words = Breaks.Split(Regex.Replace(text, @"[\x00-\x08\v-\x1F\x7F-\x9F\uFFFE\uFFFF]", ""));
        List<string> lines = [""];
        foreach (string part in words.SelectMany(word => Width(word.TrimEnd()) <= width ? [word] : Letters(word)))
        {
            if (part == "\n" || (lines[^1] != "" && Width(lines[^1] + part.TrimEnd()) > width))
                lines.Add("");

            lines[^1] += part.TrimStart('\n');
        }

        return [.. lines];
    }

    /// <summary>About how wide a text is, in em, in a wide typeface without serifs such as Verdana.</summary>
    public static double Width(string text) => text.Sum(letter =>
        letter >= '\u2E80' || "@%MWmw".Contains(letter) ? 1 : char.IsUpper(letter) ? 0.7 : 0.56);

    private static IEnumerable<string> Letters(string word) => word.EnumerateRunes().Select(rune => rune.ToString());

    /// <summary>Lines as plotly.js takes them. It reads some HTML.</summary>
    public static string ToMarkup(params string[] lines) =>
        string.Join('\n', lines).Replace("&", "&amp;").Replace("<", "&lt;").Replace("\n", "<br>");
}
