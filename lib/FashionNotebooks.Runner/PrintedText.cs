namespace FashionNotebooks.Runner;

/// <summary>What a terminal shows in the end of what was printed to it: after a carriage return, as progress bars
/// print it, the line is written over.</summary>
internal sealed class PrintedText
{
    private readonly StringBuilder text = new();
    private int lineStart;
    private int position;

    public void Append(string printed)
    {
        foreach (char character in printed)
        {
            if (character == '\r')
                position = lineStart;
            else if (character != '\n' && position < text.Length)
                text[position++] = character;
            else
            {
                text.Append(character);
                position = text.Length;
                lineStart = character == '\n' ? position : lineStart;
            }
        }
    }

    public override string ToString() => text.ToString();
}
