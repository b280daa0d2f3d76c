using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BigGustave;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ImageGridTests
{
    [Fact]
    public void Each_image_stands_below_its_title_and_in_its_row()
    {
        using var scope = NewDisposeScope();
        Tensor images = randint(0, 256, [3, 1, 28, 28]).to(float32) / 255;

        JsonNode chart = Draw(images, "coat", "bag\nnot a coat", "dress");

        Png picture = DecodePicture(chart);
        JsonArray titles = chart["layout"]!["annotations"]!.AsArray();
        Assert.Equal(["coat", "bag<br>not a coat", "dress"], titles.Select(title => (string)title!["text"]!));
        Assert.Equal(Left(titles[0]!), Left(titles[2]!));
        Assert.True(Left(titles[1]!) >= Left(titles[0]!) + 28);
        Assert.Equal(Top(titles[0]!), Top(titles[1]!));
        Assert.True(Top(titles[2]!) >= Top(titles[0]!) + 28);
        for (int i = 0; i < 3; i++)
            Assert.Equal(images[i].data<float>().Select(ToByte), ReadImage(picture, Left(titles[i]!), Top(titles[i]!)));
    }

    [Fact]
    public void The_picture_fills_the_chart_upright_and_is_white_around_the_images()
    {
        using var scope = NewDisposeScope();

        JsonNode chart = Draw(zeros(3, 1, 28, 28), "a", "b", "c");

        Png picture = DecodePicture(chart);
        JsonNode layout = chart["layout"]!;
        // In rows of two, an image of 28 pixels is shown four times as large.
        Assert.Equal((4 * picture.Width, 4 * picture.Height), ((int)layout["width"]!, (int)layout["height"]!));
        Assert.Equal([-0.5, picture.Width - 0.5], Numbers(layout["xaxis"]!["range"]!));
        Assert.Equal([picture.Height - 0.5, -0.5], Numbers(layout["yaxis"]!["range"]!));
        Assert.Equal(255, picture.GetPixel(0, 0).R);
        Assert.Equal(255, picture.GetPixel(picture.Width - 1, picture.Height - 1).R);
    }

    [Fact]
    public void On_a_page_a_grid_is_a_picture_without_script()
    {
        using var scope = NewDisposeScope();
        PlotlyFigure figure = Figures.ImageGrid(zeros(1, 1, 28, 28), ["\"bag\" & <b>coat</b>"], columns: 1);

        IHtmlDocument page = new HtmlParser().ParseDocument(figure.ToHtml());

        IElement picture = page.QuerySelector("img")!;
        Assert.Empty(page.Scripts);
        Assert.Equal(figure.Description, picture.GetAttribute("alt"));
        Assert.StartsWith("data:image/svg+xml;base64,", picture.GetAttribute("src"));
        Assert.InRange(figure.ToHtml().Length, 0, 10_000);
    }

    [Fact]
    public void The_picture_is_as_the_chart_with_each_title_above_its_image()
    {
        using var scope = NewDisposeScope();
        PlotlyFigure figure = Figures.ImageGrid(rand(2, 1, 28, 28), ["coat", "a < b\nnot a 🧥"], columns: 2);

        XElement svg = DecodeSvg(figure);

        JsonNode chart = JsonNode.Parse(figure.Specification)!;
        JsonNode layout = chart["layout"]!;
        XElement[] lines = [.. svg.Elements(svg.Name.Namespace + "text")];
        XElement image = svg.Elements(svg.Name.Namespace + "image").Single();
        Assert.Equal((string)chart["data"]![0]!["source"]!, image.Attribute("href")!.Value);
        foreach (XElement element in new[] { svg, image })
        {
            Assert.Equal((int)layout["width"]!, Number(element, "width"));
            Assert.Equal((int)layout["height"]!, Number(element, "height"));
        }

        Assert.Equal(["coat", "a < b", "not a 🧥"], lines.Select(line => line.Value));
        double[] middles = [.. layout["annotations"]!.AsArray().Select(title => 4 * ((double)title!["x"]! + 0.5))];
        Assert.Equal([middles[0], middles[1], middles[1]], lines.Select(line => Number(line, "x")));
        double top = 4 * Top(layout["annotations"]![0]!);
        Assert.Equal([top - 4, top - 18, top - 4], lines.Select(line => Number(line, "y")));
    }

    [Fact]
    public void Grid_lines_separate_the_pixels()
    {
        using var scope = NewDisposeScope();
        Tensor images = tensor(new float[] { 0, 1, 1, 0 }).reshape(1, 1, 2, 2);

        JsonNode chart = JsonNode.Parse(Figures.ImageGrid(images, [""], columns: 1, gridLines: true).Specification)!;

        Png picture = DecodePicture(chart);
        int top = Top(chart["layout"]!["annotations"]![0]!);
        int[] row = [.. Enumerable.Range(0, 33).Select(x => (int)picture.GetPixel(x, top + 5).R)];
        Assert.Equal(new[] { 0, 16, 32 }, Enumerable.Range(0, 33).Where(x => row[x] is > 50 and < 200));
        Assert.Equal((0, 255), (row[8], row[24]));
        Assert.Equal((255, 0), (picture.GetPixel(8, top + 24).R, picture.GetPixel(24, top + 24).R));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pictures_in_colour_keep_it(bool gridLines)
    {
        using var scope = NewDisposeScope();
        Tensor red = tensor(new float[] { 1, 0, 0 }).reshape(1, 3, 1, 1);
        Tensor blue = red.flip(1);

        PlotlyFigure figure = Figures.ImageGrid(cat([red, blue], 3), ["red and blue"], columns: 1, gridLines);

        JsonNode chart = JsonNode.Parse(figure.Specification)!;
        Png picture = DecodePicture(chart);
        int top = Top(chart["layout"]!["annotations"]![0]!);
        (int first, int second, int y) = gridLines ? (8, 24, top + 8) : (0, 1, top);
        Assert.Equal((255, 0, 0), Colour(picture.GetPixel(first, y)));
        Assert.Equal((0, 0, 255), Colour(picture.GetPixel(second, y)));
        Assert.Equal("A colour image: red and blue.", figure.Description);
    }

    [Fact]
    public void Values_beyond_black_and_white_are_cut_off()
    {
        using var scope = NewDisposeScope();
        Tensor images = cat([full(1, 1, 28, 28, -1f), full(1, 1, 28, 28, 2f)]);

        JsonNode chart = Draw(images, "black", "white");

        Png picture = DecodePicture(chart);
        JsonArray titles = chart["layout"]!["annotations"]!.AsArray();
        Assert.All(ReadImage(picture, Left(titles[0]!), Top(titles[0]!)), value => Assert.Equal(0, value));
        Assert.All(ReadImage(picture, Left(titles[1]!), Top(titles[1]!)), value => Assert.Equal(255, value));
    }

    [Fact]
    public void Images_of_a_dataset_have_the_names_of_their_classes()
    {
        using var scope = NewDisposeScope();

        PlotlyFigure figure = Figures.ImageGrid(zeros(3, 1, 28, 28), tensor([1L, 0, 1]), ["cat", "dog"], columns: 3);

        JsonArray titles = JsonNode.Parse(figure.Specification)!["layout"]!["annotations"]!.AsArray();
        Assert.Equal(["dog", "cat", "dog"], titles.Select(title => (string)title!["text"]!));
        Assert.Equal("3 grey images in rows of 3: dog, cat, dog.", figure.Description);
    }

    [Theory]
    [InlineData("[1, 28, 28]", 1L, 28L, 28L)]
    [InlineData("[1, 2, 28, 28]", 1L, 2L, 28L, 28L)]
    [InlineData("[0, 1, 28, 28]", 0L, 1L, 28L, 28L)]
    public void Another_shape_is_refused(string shape, params long[] sizes)
    {
        using var scope = NewDisposeScope();

        var exception = Assert.Throws<ArgumentException>(
            () => Figures.ImageGrid(zeros(sizes), [.. Enumerable.Repeat("", (int)sizes[0])], columns: 1));

        Assert.Contains(shape, exception.Message);
    }

    [Fact]
    public void Images_of_every_floating_point_type_are_drawn_and_no_others()
    {
        using var scope = NewDisposeScope();
        Tensor images = linspace(0, 1, 28 * 28).reshape(1, 1, 28, 28);

        Assert.Equal(Draw(images, "").ToJsonString(), Draw(images.to(float64), "").ToJsonString());
        Assert.NotEmpty(Draw(images.to(float16), "")["data"]!.AsArray());
        Assert.Contains("28] Byte", Assert.Throws<ArgumentException>(() => Draw(images.to(uint8), "")).Message);
        Assert.Throws<ArgumentException>(() => Draw(images / 0, ""));
    }

    [Fact]
    public void Labels_without_a_class_or_of_another_type_or_shape_are_refused()
    {
        using var scope = NewDisposeScope();
        void Draw(Tensor labels) => Figures.ImageGrid(zeros(2, 1, 28, 28), labels, ["cat", "dog"], columns: 2);

        Assert.Throws<ArgumentException>(() => Draw(tensor([0L, 2L])));
        Assert.Throws<ArgumentException>(() => Draw(tensor([0L])));
        Assert.Contains("Int32", Assert.Throws<ArgumentException>(() => Draw(tensor([0, 1]))).Message);
        Assert.Contains("[2, 1]", Assert.Throws<ArgumentException>(() => Draw(tensor([0L, 1L]).reshape(2, 1))).Message);
    }

    [Fact]
    public void Titles_that_do_not_go_with_the_images_and_no_columns_are_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => Figures.ImageGrid(zeros(2, 1, 28, 28), ["only one"], columns: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.ImageGrid(zeros(1, 1, 28, 28), ["one"], columns: 0));
    }

    private static JsonNode Draw(Tensor images, params string[] titles) =>
        JsonNode.Parse(Figures.ImageGrid(images, titles, columns: 2).Specification)!;

    private static XElement DecodeSvg(PlotlyFigure figure)
    {
        string source = new HtmlParser().ParseDocument(figure.ToHtml()).QuerySelector("img")!.GetAttribute("src")!;
        return XElement.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(source[(source.IndexOf(',') + 1)..])));
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static Png DecodePicture(JsonNode chart)
    {
        string source = (string)chart["data"]![0]!["source"]!;
        Assert.StartsWith("data:image/png;base64,", source);
        return Png.Open(Convert.FromBase64String(source[(source.IndexOf(',') + 1)..]));
    }

    private static (int, int, int) Colour(Pixel pixel) => (pixel.R, pixel.G, pixel.B);

    private static IEnumerable<byte> ReadImage(Png picture, int left, int top)
    {
        for (int y = 0; y < 28; y++)
        {
            for (int x = 0; x < 28; x++)
            {
                Pixel pixel = picture.GetPixel(left + x, top + y);
                Assert.Equal((pixel.R, pixel.R), (pixel.G, pixel.B));
                yield return pixel.R;
            }
        }
    }

    // A title stands over the middle of its image; pixel 0 reaches from -0.5 to 0.5.
    private static int Left(JsonNode title) => (int)((double)title["x"]! - 13.5);

    private static int Top(JsonNode title)
    {
        Assert.Equal("bottom", (string)title["yanchor"]!);
        return (int)((double)title["y"]! + 0.5);
    }

    private static byte ToByte(float value) => (byte)Math.Round(value * 255);

    private static IEnumerable<double> Numbers(JsonNode array) => array.AsArray().Select(value => (double)value!);
}
