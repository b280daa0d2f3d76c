using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Snapshooter.Xunit3;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ImageGridTests
{
    private static readonly (byte, byte, byte) Black = (0, 0, 0);
    private static readonly (byte, byte, byte) White = (255, 255, 255);
    private static readonly (byte, byte, byte) Line = (110, 110, 110);

    [Fact]
    public void Each_image_stands_below_its_title_and_in_its_row()
    {
        using var scope = NewDisposeScope();
        Tensor images = randint(0, 256, [3, 1, 28, 28]).to(float32) / 255;

        var picture = new GridPicture(Figures.ImageGrid(images, ["coat", "bag\nnot a coat", "dress"], columns: 2));

        Assert.Equal(["coat", "bag<br>not a coat", "dress"], picture.Titles);
        Assert.Equal(picture.Corner(0).Top, picture.Corner(1).Top);
        Assert.Equal(picture.Corner(0).Left, picture.Corner(2).Left);
        for (int i = 0; i < 3; i++)
        {
            IEnumerable<byte> grey = images[i].data<float>().Select(value => (byte)Math.Round(value * 255));
            Assert.Equal(grey.Select(value => (value, value, value)), picture.Read(i));
        }
    }

    [Fact]
    public void Values_beyond_black_and_white_are_cut_off_and_around_the_images_all_is_white()
    {
        using var scope = NewDisposeScope();
        Tensor images = cat([full(1, 1, 28, 28, -1f), full(1, 1, 28, 28, 2f)]);

        var picture = new GridPicture(Figures.ImageGrid(images, ["black", "white"], columns: 2));

        Assert.All(picture.Read(0), pixel => Assert.Equal(Black, pixel));
        Assert.Equal(28 * 28, picture.Read(image: null).Count(pixel => pixel == Black));
        Assert.All(picture.Read(image: null), pixel => Assert.True(pixel == Black || pixel == White));
    }

    [Fact]
    public void On_a_page_a_grid_is_a_picture_without_script()
    {
        using var examples = new FigureExamples();
        PlotlyFigure figure = examples.ImageGrid();

        IHtmlDocument page = new HtmlParser().ParseDocument(figure.ToHtml());

        IElement image = page.QuerySelector("img")!;
        string svg = Encoding.UTF8.GetString(GridPicture.DecodeBase64(image.GetAttribute("src")!, "image/svg+xml"));
        Assert.Empty(page.Scripts);
        Assert.Equal(figure.Description, image.GetAttribute("alt"));
        Assert.Contains(new GridPicture(figure).Source, svg);
        Snapshot.Match(Regex.Replace(svg, "data:image/png;base64,[^\"]*", "(a picture)"));
    }

    [Fact]
    public void Grid_lines_separate_the_pixels()
    {
        using var scope = NewDisposeScope();
        Tensor images = tensor(new float[] { 0, 1, 1, 0 }).reshape(1, 1, 2, 2);

        var picture = new GridPicture(Figures.ImageGrid(images, [""], columns: 1, gridLines: true), side: 145);

        (byte, byte, byte)[] row = picture.Read(0)[(5 * 145)..(6 * 145)];
        Assert.Equal(
            [Line, .. Enumerable.Repeat(Black, 71), Line, .. Enumerable.Repeat(White, 71), Line], row);
        Assert.Equal((White, Black), (picture.Read(0)[(100 * 145) + 30], picture.Read(0)[(100 * 145) + 110]));
        Assert.All(picture.Read(0)[(72 * 145)..(73 * 145)], pixel => Assert.Equal(Line, pixel));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 145)]
    public void Pictures_in_colour_keep_it(bool gridLines, int side)
    {
        using var scope = NewDisposeScope();
        Tensor red = tensor(new float[] { 1, 0, 0 }).reshape(1, 3, 1, 1);
        Tensor images = cat([red, red.flip(1)], 3).expand(1, 3, 2, 2);

        PlotlyFigure figure = Figures.ImageGrid(images, ["red and blue"], columns: 1, gridLines);

        Assert.Equal(
            [(255, 0, 0), (0, 0, 255)],
            new GridPicture(figure, side).Read(0).Distinct().Where(pixel => pixel != Line));
        Assert.Equal("A colour image: red and blue.", figure.Description);
    }

    [Fact]
    public void Images_of_a_dataset_have_the_names_of_their_classes()
    {
        using var scope = NewDisposeScope();

        PlotlyFigure figure = Figures.ImageGrid(zeros(3, 1, 28, 28), tensor([1L, 0, 1]), ["cat", "dog"], columns: 3);

        Assert.Equal(["dog", "cat", "dog"], new GridPicture(figure).Titles);
        Assert.Equal("3 grey images in rows of 3: dog, cat, dog.", figure.Description);
    }

    [Fact]
    public void Images_of_every_floating_point_type_are_drawn()
    {
        using var scope = NewDisposeScope();
        Tensor images = linspace(0, 1, 28 * 28).reshape(1, 1, 28, 28);
        string Draw(ScalarType type) => Figures.ImageGrid(images.to(type), [""], columns: 1).Specification;

        Assert.Equal(Draw(float32), Draw(float64));
        Assert.NotEmpty(Draw(float16));
    }

    [Fact]
    public void Images_labels_titles_and_columns_that_cannot_be_drawn_are_refused()
    {
        using var scope = NewDisposeScope();
        Tensor two = zeros(2, 1, 28, 28);
        void Draw(Tensor images, params string[] titles) => Figures.ImageGrid(images, titles, columns: 2);
        void Label(Tensor labels) => Figures.ImageGrid(two, labels, ["cat", "dog"], columns: 2);

        Refused.With("images: [1, 28, 28] Float32", () => Draw(zeros(1, 28, 28), ""));
        Refused.With("images: [1, 2, 28, 28] Float32", () => Draw(zeros(1, 2, 28, 28), ""));
        Refused.With("images: [0, 1, 28, 28] Float32", () => Draw(zeros(0, 1, 28, 28)));
        Refused.With("images: [2, 1, 28, 28] Byte", () => Draw(two.to(uint8), "", ""));
        Refused.With("finite", () => Draw(two / 0, "", ""));
        Refused.With("labels: 2, expected an index into 2 classes.", () => Label(tensor([0L, 2])));
        Refused.With("titles: 1 for 2 images, expected one for each.", () => Label(tensor([0L])));
        Refused.With("labels: [2] Int32", () => Label(tensor([0, 1])));
        Refused.With("labels: [2, 1] Int64", () => Label(tensor([0L, 1]).reshape(2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.ImageGrid(two, ["one", "two"], columns: 0));
    }
}
