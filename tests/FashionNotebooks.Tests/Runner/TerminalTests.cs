using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What stays of a live terminal's text. The line itself is tested in <see cref="ProgramTests"/>.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TextWriter before = Console.Out;
    private readonly StringWriter screen = new();

    public TerminalTests() => Console.SetOut(screen);

    public void Dispose() => Console.SetOut(before);

    [Theory]
    [InlineData("a line\n", "a line|")]
    [InlineData("two\nlines\n", "two|lines|")]
    [InlineData("no end", "no end|")]
    [InlineData("10 %\r50 %\r100 %\n", "100 %|")]
    [InlineData("Windows\r\n", "Windows|")]
    public void Whole_lines_are_shown_and_none_is_lost(string text, string shown)
    {
        using var terminal = new Terminal(isLive: true);
        foreach (char character in text)
            terminal.Write(character);

        terminal.Flush();

        Assert.Equal(shown.Replace("|", Environment.NewLine), screen.ToString());
    }

    [Fact]
    public void A_line_without_end_stays_with_its_cell()
    {
        using var terminal = new Terminal(isLive: true);
        terminal.Announce("cell 1");
        terminal.Write("of cell 1");
        terminal.Announce("cell 2");
        terminal.Write("of cell 2\n");
        terminal.Flush();

        Assert.Equal(["of cell 1", "of cell 2", ""], screen.ToString().Split(Environment.NewLine));
    }

    [Fact]
    public void Where_nobody_sees_the_line_move_each_cell_has_a_line_of_its_own()
    {
        using var terminal = new Terminal(isLive: false);
        terminal.Announce("cell 1");
        terminal.Write("printed\n");

        Assert.Matches(@"^\d+:\d\d cell 1\s+printed\s*$", screen.ToString());
    }
}
