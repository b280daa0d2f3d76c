using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Data.Analysis;

namespace FashionNotebooks.Tests;

public class TextTableTests
{
    private static readonly TextTable Animals =
        new(["name", "count"], [["cat", "7"], ["catfish", "1,200"], ["none", ""]]);

    [Fact]
    public void Text_is_aligned_with_numbers_to_the_right() => Assert.Equal(
        """
        name     count
        cat          7
        catfish  1,200
        none
        """,
        Animals.ToString());

    [Fact]
    public void Html_has_every_cell()
    {
        IDocument page = new HtmlParser().ParseDocument(Animals.ToHtml());

        Assert.Equal(["name", "count"], page.QuerySelectorAll("thead th").Select(cell => cell.TextContent));
        Assert.Equal(
            ["cat", "7", "catfish", "1,200", "none", ""],
            page.QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
    }

    [Theory]
    [InlineData("align", "left", "right")]
    [InlineData("style", "text-align: left", "text-align: right")]
    public void Html_is_aligned_where_styles_are_taken_out_and_where_a_host_has_styles_of_its_own(
        string attribute, string names, string numbers)
    {
        IDocument page = new HtmlParser().ParseDocument(Animals.ToHtml());

        string?[] Alignment(string tag) =>
            [.. page.QuerySelectorAll(tag).Select(cell => cell.GetAttribute(attribute)).Take(2)];
        Assert.Equal([names, numbers], Alignment("th"));
        Assert.Equal([names, numbers], Alignment("td"));
    }

    [Fact]
    public void Html_escapes_headers_and_cells()
    {
        var table = new TextTable(["a < b"], [["<script>alert(\"&\")</script>"]]);

        IDocument page = new HtmlParser().ParseDocument(table.ToHtml());

        Assert.Equal("a < b", page.QuerySelector("th")!.TextContent);
        Assert.Equal("<script>alert(\"&\")</script>", page.QuerySelector("td")!.TextContent);
        Assert.Empty(page.Scripts);
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("cat", "7", "brown")]
    public void A_ragged_row_is_refused(params string[] row)
    {
        var exception = Assert.Throws<ArgumentException>(() => new TextTable(["name", "count"], [["dog", "2"], row]));

        Assert.Contains($"A row has {row.Length} cells: expected 2.", exception.Message);
    }

    [Fact]
    public void A_data_frame_is_shown_with_four_digits()
    {
        var frame = new DataFrame(
            new PrimitiveDataFrameColumn<int>("epoch", [0, 1]),
            new PrimitiveDataFrameColumn<double>("loss", [0.77454321, 12]),
            new StringDataFrameColumn("note", ["good", null]));

        Assert.Equal(
            """
            epoch     loss  note
                0   0.7745  good
                1  12.0000
            """,
            TextTable.Of(frame).ToString());
    }
}
