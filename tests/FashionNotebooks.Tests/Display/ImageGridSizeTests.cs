using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ImageGridSizeTests
{
    [Theory]
    [InlineData(1, 28, false)]
    [InlineData(4, 28, false)]
    [InlineData(8, 26, false)]
    [InlineData(8, 13, false)]
    [InlineData(8, 3, true)]
    public void Images_are_as_large_as_the_column_of_a_page_allows(int columns, int side, bool gridLines)
    {
        using var scope = NewDisposeScope();
        PlotlyFigure figure = Figures.ImageGrid(
            zeros(columns, 1, side, side), [.. Enumerable.Repeat("", columns)], columns, gridLines);

        int width = (int)JsonNode.Parse(figure.Specification)!["layout"]!["width"]!;
        int room = Math.Min(740 / columns, 150) * columns;
        Assert.InRange(width, 0.85 * room, room);
    }
}
