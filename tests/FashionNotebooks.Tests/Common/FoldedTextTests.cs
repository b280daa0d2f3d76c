using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace FashionNotebooks.Tests;

public class FoldedTextTests
{
    private readonly FoldedText text = new("Epochs & <losses>", "0 Train Loss: 0.5\n1 <b>Train Loss</b>: 0.4");

    [Fact]
    public void A_page_shows_the_title_and_keeps_the_text_behind_it()
    {
        IElement details = new HtmlParser().ParseDocument(text.ToHtml()).QuerySelector("details")!;

        Assert.False(details.HasAttribute("open"));
        Assert.Equal("Epochs & <losses>", details.QuerySelector("summary")!.TextContent);
        Assert.Equal(text.ToString(), details.QuerySelector("pre")!.TextContent);
    }

    [Fact]
    public void A_terminal_shows_the_text() =>
        Assert.Equal("0 Train Loss: 0.5\n1 <b>Train Loss</b>: 0.4", text.ToString());
}
