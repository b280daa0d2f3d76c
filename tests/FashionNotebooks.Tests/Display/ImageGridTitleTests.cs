using System.Text;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ImageGridTitleTests
{
    [Theory]
    [InlineData("T-shirt\0\0", "T-shirt")]
    [InlineData("\u001b[31mred\u001b[0m\uFFFF", "[31mred[0m")]
    [InlineData("African hunting dog, hyena dog", "African hunting |dog, hyena dog")]
    [InlineData("n02116738_african_hunting_dog", "n02116738_|african_|hunting_dog")]
    [InlineData("BatchNormalization", "Batch|Normalization")]
    [InlineData("非洲猎犬又名鬣狗或者开普猎犬", "非洲猎犬又名鬣狗|或者开普猎犬")]
    [InlineData("Donaudampfschifffahrt", "Donaudampfschi|fffahrt")]
    [InlineData("a\n\nb < c", "a||b &lt; c")]
    public void A_title_has_as_many_lines_as_it_needs_and_no_control_characters(string title, string lines)
    {
        using var scope = NewDisposeScope();
        PlotlyFigure figure = Figures.ImageGrid(zeros(2, 1, 28, 28), [title, "bag"], columns: 6);

        string svg = new HtmlParser().ParseDocument(figure.ToHtml()).QuerySelector("img")!.GetAttribute("src")!;
        XDocument.Parse(Encoding.UTF8.GetString(GridPicture.DecodeBase64(svg, "image/svg+xml")));
        Assert.Equal(lines, new GridPicture(figure).Titles[0].Replace("<br>", "|"));
        Assert.DoesNotContain(figure.Description, char.IsControl);
    }
}
