namespace FashionNotebooks.Runner;

/// <summary>What a terminal shows in the end of what was printed to it: carriage returns, backspaces, and escape
/// sequences that move the cursor or erase the line are obeyed. Colours stay in the text.</summary>
internal sealed partial class PrintedText
{
    private const int MostSteps = 1000;
    private const int LongestStyle = 100;

    private readonly List<List<(char Character, string Style)>> lines = [[]];
    private string style = "";
    private int row;
    private int column;

    private PrintedText(string printed)
    {
        foreach (Match match in SequenceOrCharacter().Matches(printed))
        {
            int.TryParse(match.Groups["number"].Value, out int number);
            if (match.Groups["character"].Success)
                Put(match.Value[0]);
            else if (match.Groups["command"].Value != "m")
                Move(match.Groups["command"].Value, number);
            else if (number == 0)
                style = match.Value.Contains(';') ? match.Value : "";
            else
                style = (style.Length < LongestStyle ? style : "") + match.Value;
        }
    }

    public static string Of(string printed) =>
        MoreThanColours().IsMatch(printed) ? new PrintedText(printed).ToString() : printed;

    public override string ToString()
    {
        var text = new StringBuilder();
        string before = "";
        foreach ((char character, string next) in lines.SelectMany(line => line.Append(('\n', style))))
        {
            if (character != '\n' && next != before)
            {
                bool isMore = next.StartsWith(before, StringComparison.Ordinal);
                text.Append(isMore ? next[before.Length..] : $"\e[0m{next}");
                before = next;
            }

            text.Append(character);
        }

        return text.ToString(0, text.Length - 1) + (before != "" && style == "" ? "\e[0m" : "");
    }

    private void Put(char character)
    {
        if (character is '\r' or '\b')
            column = character == '\r' ? 0 : Math.Max(0, column - 1);
        else if (character != '\n')
        {
            while (lines[row].Count <= column)
                lines[row].Add((' ', ""));

            lines[row][column++] = (character, style);
        }
        else
        {
            (row, column) = (row + 1, 0);
            if (row == lines.Count)
                lines.Add([]);
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

    [GeneratedRegex(@"[\r\b]|\e(?!\[[\d;]*m)")]
    private static partial Regex MoreThanColours();

    [GeneratedRegex(
        @"\e\[(?<number>\d*)[0-?]*[ -/]*(?<command>[@-~])|\e\][^\a\e]*(\a|\e\\)|\e[ -/]*[0-Z\\^-~]|(?<character>.)",
        RegexOptions.Singleline)]
    private static partial Regex SequenceOrCharacter();
}
