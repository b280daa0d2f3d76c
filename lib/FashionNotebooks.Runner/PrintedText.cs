using System.Text;

namespace FashionNotebooks.Runner;

/// <summary>
/// What a terminal shows in the end of what was printed to it: after a carriage return, as progress bars print it,
/// the line is written over.
/// </summary>
internal sealed class PrintedText
{
    private readonly StringBuilder text = new();
    private int lineStart;
    private int column;
    private long cut;

    public void Append(string printed)
    {
        foreach (char character in printed)
        {
            int position = lineStart + column;
            if (character == '\r')
                column = 0;
            else if (character != '\n' && position < text.Length)
                text[lineStart + column++] = character;
            else if (text.Length >= CellOutputs.Longest)
                cut++;
            else if (character == '\n')
            {
                text.Append('\n');
                (lineStart, column) = (text.Length, 0);
            }
            else
            {
                text.Append(character);
                column++;
            }
        }
    }

    /// <summary>The lines as they stand, and a note if there was more than a notebook is to hold.</summary>
    public override string ToString() => cut == 0 ? $"{text}" : $"{text}{CellOutputs.Note(cut)}";
}
