using Snapshooter.Xunit3;

namespace FashionNotebooks.Tests;

public class FoldedTextTests
{
    private readonly FoldedText text = new("Epochs & <losses>", "0 Train Loss: 0.5\n1 <b>Train Loss</b>: 0.4");

    [Fact]
    public void A_page_shows_the_title_and_keeps_the_text_behind_it() => Snapshot.Match(text.ToHtml());

    [Fact]
    public void A_terminal_shows_the_text() =>
        Assert.Equal("0 Train Loss: 0.5\n1 <b>Train Loss</b>: 0.4", text.ToString());
}
