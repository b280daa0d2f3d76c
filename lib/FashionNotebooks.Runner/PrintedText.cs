namespace FashionNotebooks.Runner;

/// <summary>What a terminal shows in the end of what was printed to it: carriage returns, backspaces, and escape
/// sequences that move the cursor or erase the line are obeyed. Colours stay in the text.</summary>
internal sealed partial class PrintedText
{
    private const int MostSteps = 1000;

    private readonly List<List<(char Character, string Style)>> lines = [[]];
    private readonly List<string> stylesOfEnds = [""];
    private readonly List<(int Kind, string Sequence)> styles = [];
    private int row;
    private int column;

    private PrintedText(string printed)
    {
        foreach (Match match in SequenceOrCharacter().Matches(printed))
        {
            int.TryParse(match.Groups["number"].Value, out int number);
            if (match.Groups["character"].Success)
                Put(match.Value[0]);
            else if (match.Groups["command"].Value == "m")
                SetStyle(match.Value, number);
            else
                Move(match.Groups["command"].Value, number);
        }
    }

    private string Style => string.Concat(styles.Select(style => style.Sequence));

    public static string Of(string printed) =>
        printed.AsSpan().ContainsAny('\r', '\b', '\e') ? new PrintedText(printed).Join() : printed;

    private string Join()
    {
        var text = new StringBuilder();
        string before = "";
        stylesOfEnds[^1] = Style;
        var ended = lines.Zip(stylesOfEnds, (line, style) => line.Append(('\n', style)));
        foreach ((char character, string style) in ended.SelectMany(line => line))
        {
            bool isMore = style.StartsWith(before, StringComparison.Ordinal);
            text.Append(isMore ? style[before.Length..] : $"\e[0m{style}").Append(character);
            before = style;
        }

        return text.ToString(0, text.Length - 1);
    }

    private void Put(char character)
    {
        if (character is '\r' or '\b')
            column = character == '\r' ? 0 : Math.Max(0, column - 1);
        else if (character != '\n')
        {
            while (lines[row].Count <= column)
                lines[row].Add((' ', ""));

            lines[row][column++] = (character, Style);
        }
        else
        {
            stylesOfEnds[row++] = Style;
            column = 0;
            if (row == lines.Count)
            {
                lines.Add([]);
                stylesOfEnds.Add("");
            }
        }
    }

    private void Move(string command, int number)
    {
        int steps = Math.Clamp(number, 1, MostSteps);
        (row, column) = command switch
        {
            "A" => (Math.Max(0, row - steps), column),
            "B" => (Math.Min(lines.Count - 1, row + steps), column),
            "C" => (row, column + steps),
            "D" => (row, Math.Max(0, column - steps)),
            "G" => (row, steps - 1),
            _ => (row, column),
        };
        int kept = number == 0 ? Math.Min(column, lines[row].Count) : 0;
        if (command == "K" && number != 1)
            lines[row].RemoveRange(kept, lines[row].Count - kept);
    }

    // A sequence lasts until another of its kind: of those for letters, for the background, and so on.
    private void SetStyle(string sequence, int number)
    {
        int kind = number < 30 ? number : number / 10 * 10;
        styles.RemoveAll(earlier => number == 0 || earlier.Kind == kind);
        if (number != 0 || sequence.Contains(';'))
            styles.Add((kind, sequence));
    }

    [GeneratedRegex(
        @"\e\[(?<number>\d*)[0-?]*[ -/]*(?<command>[@-~])|\e\][^\a\e]*(\a|\e\\)|\e[ -/]*[0-Z\\^-~]|(?<character>.)",
        RegexOptions.Singleline)]
    private static partial Regex SequenceOrCharacter();
}
