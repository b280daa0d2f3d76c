using Microsoft.Data.Analysis;
using Snapshooter.Xunit3;

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

    // In a terminal a Chinese character takes two columns, and an accent that follows its letter none.
    [Fact]
    public void Text_is_aligned_whatever_it_is_written_in() => Assert.Equal(
        """
        name      share
        T恤衫         7
        👗 dress   45 %
        {e}            12
        two rows
        """.Replace("{e}", "e\u0301"),
        new TextTable(
            ["name", "share"], [["T恤衫", "7"], ["👗\tdress", "45 %"], ["e\u0301", "12"], ["two\r\nrows", ""]])
            .ToString());

    [Fact]
    public void Html_is_aligned_and_shows_texts_as_they_are() =>
        Snapshot.Match(new TextTable(["a < b", "count"], [["<script>alert(\"&\")</script>", "7"]]).ToHtml());

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
