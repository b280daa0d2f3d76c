namespace FashionNotebooks.Runner;

/// <summary>What a terminal shows in the end of what was printed to it: carriage returns, backspaces, and the escape
/// sequences that move the cursor or erase, are obeyed. Colours stay in the text as they were written.</summary>
internal sealed partial class PrintedText
{
    private const int MostSteps = 1000;

    private readonly List<List<(char Character, string Style)>> lines = [[]];
    private readonly List<string> stylesOfEnds = [""];
    private readonly List<(int Kind, string Sequence)> styles = [];
    private string style = "";
    private string unfinished = "";
    private int row;
    private int column;

    /// <summary>Whether something printed next would begin in the middle of a line.</summary>
    public bool IsLineOpen => lines[row].Count > 0;

    public void Append(string printed)
    {
        string text = unfinished + printed;
        unfinished = Unfinished().Match(text).Value;
        text = text[..^unfinished.Length];
        int position = 0;
        foreach (Match sequence in Sequence().Matches(text))
        {
            Put(text[position..sequence.Index]);
            Obey(sequence.Groups["command"].Value, sequence.Groups["numbers"].Value, sequence.Value);
            position = sequence.Index + sequence.Length;
        }

        Put(text[position..]);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        string shown = "";
        void Change(string next)
        {
            if (next != shown)
                text.Append(next.StartsWith(shown, StringComparison.Ordinal) ? next[shown.Length..] : $"\e[0m{next}");

            shown = next;
        }

        foreach ((int index, List<(char Character, string Style)> line) in lines.Index())
        {
            text.Append(index > 0 ? "\n" : "");
            foreach ((char character, string next) in line)
            {
                Change(next);
                text.Append(character);
            }

            Change(index < lines.Count - 1 ? stylesOfEnds[index] : style);
        }

        return text.ToString();
    }

    private void Put(string characters)
    {
        foreach (char character in characters)
        {
            if (character == '\n')
                EndLine();
            else if (character is '\r' or '\b')
                column = character == '\r' ? 0 : Math.Max(0, column - 1);
            else
            {
                List<(char, string)> line = lines[row];
                while (line.Count <= column)
                    line.Add((' ', ""));

                line[column++] = (character, style);
            }
        }
    }

    private void EndLine()
    {
        stylesOfEnds[row++] = style;
        column = 0;
        if (row == lines.Count)
        {
            lines.Add([]);
            stylesOfEnds.Add("");
        }
    }

    private void Obey(string command, string numbers, string sequence)
    {
        int number = int.TryParse(numbers.Split(';')[0], out int first) ? first : 0;
        int steps = Math.Clamp(number, 1, MostSteps);
        (row, column) = command switch
        {
            "A" => (row - steps, column),
            "B" => (row + steps, column),
            "C" => (row, column + steps),
            "D" => (row, column - steps),
            "G" => (row, steps - 1),
            _ => (row, column),
        };
        (row, column) = (Math.Clamp(row, 0, lines.Count - 1), Math.Max(0, column));
        if (command == "m")
            SetStyle(number, numbers, sequence);
        else if (command == "K")
            Erase(number, lines[row]);
    }

    // Behind the cursor (0), before it (1), or all of the line (2).
    private void Erase(int part, List<(char Character, string Style)> line)
    {
        int kept = part == 0 ? Math.Min(column, line.Count) : 0;
        if (part != 1)
            line.RemoveRange(kept, line.Count - kept);

        for (int index = 0; part == 1 && index < Math.Min(column + 1, line.Count); index++)
            line[index] = (' ', "");
    }

    // A sequence counts until another of its kind, for the letters, the background, bold and so on, takes its place.
    private void SetStyle(int number, string numbers, string sequence)
    {
        int kind = number < 30 ? number : number / 10 * 10;
        styles.RemoveAll(earlier => number == 0 || earlier.Kind == kind);
        if (numbers is not ("" or "0"))
            styles.Add((kind, sequence));

        style = string.Concat(styles.Select(one => one.Sequence));
    }

    [GeneratedRegex(@"\e(\[(?<numbers>[0-?]*)[ -/]*(?<command>[@-~])|\][^\a\e]*(\a|\e\\)|[ -/]*[0-Z\\^-~])")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"\e(\[[0-?]*[ -/]*|\][^\a\e]*\e?|[ -/]*)\z")]
    private static partial Regex Unfinished();
}
