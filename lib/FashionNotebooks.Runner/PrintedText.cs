namespace FashionNotebooks.Runner;

/// <summary>What a terminal shows in the end of what was printed to it: carriage returns, backspaces, and escape
/// sequences that move the cursor or erase the line are obeyed. Colours stay in the text.</summary>
internal sealed partial class PrintedText
{
    private const string Plain = "\e[0m";
    private const int MostSteps = 1000;
    private const int LongestStyle = 100;

    private readonly List<List<(string Style, char Character)>> lines = [[]];
    private string style = Plain; // Begins with one that ends all others.
    private int row;
    private int column;

    private PrintedText(string printed)
    {
        foreach (Match match in CommandOrCharacter().Matches(printed))
        {
            string command = match.Groups["command"].Value;
            int.TryParse(match.Groups["number"].Value, out int number);
            if (match.Groups["character"].Success)
                Put(match.Value[0]);
            else if (command != "m")
                Obey(command, number);
            else
                style = number == 0 ? match.Value : (style.Length < LongestStyle ? style : Plain) + match.Value;
        }
    }

    public static string Of(string printed) =>
        MoreThanColours().IsMatch(printed) ? new PrintedText(printed).ToString() : printed;

    public override string ToString()
    {
        var text = new StringBuilder();
        string before = Plain;
        foreach ((string next, char character) in lines.SelectMany(line => line.Append((Plain, '\n'))))
        {
            text.Append(next == before ? "" : next).Append(character);
            before = next;
        }

        return text.ToString(0, text.Length - 1);
    }

    private void Put(char character)
    {
        while (lines[row].Count <= column)
            lines[row].Add((Plain, ' '));

        lines[row][column++] = (style, character);
    }

    private void Obey(string command, int number)
    {
        int steps = Math.Clamp(number, 1, MostSteps);
        (row, column) = command switch
        {
            "\r" => (row, 0),
            "\n" => (row + 1, 0),
            "A" => (Math.Max(0, row - steps), column),
            "\b" or "D" => (row, Math.Max(0, column - steps)),
            "G" => (row, steps - 1),
            _ => (row, column),
        };
        if (row == lines.Count)
            lines.Add([]);

        if (command == "K" && number != 1)
            lines[row] = [.. lines[row].Take(number == 0 ? column : 0)];
    }

    [GeneratedRegex(@"[\r\b]|\e(?!\[[\d;]*m)")]
    private static partial Regex MoreThanColours();

    [GeneratedRegex(
        """
        (?<command> [\r\n\b] )
        | \e\[ (?<number>\d*) [0-?]* [\ -/]* (?<command>[@-~])
        | \e\] [^\a\e]* (\a|\e\\)       # a title, a link
        | \e [\ -/]* [0-Z\\^-~]         # a setting of the terminal
        | (?<character> . )
        """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommandOrCharacter();
}
