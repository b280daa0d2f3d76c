using SkiaSharp;

namespace FashionNotebooks.Tests;

public class PictureRefusalTests : PictureFileTests
{
    [Fact]
    public void A_huge_picture_is_refused_before_it_is_decoded()
    {
        // The beginning of a GIF of 65,535 by 65,535 pixels: what would follow is never read.
        string path = Save([.. "GIF89a"u8, 255, 255, 255, 255, 0, 0, 0, 0x2C, 0, 0, 0, 0, 255, 255, 255, 255, 0, 8]);

        string message = Assert.Throws<DataFileException>(() => Picture.Load(path)).Message;

        Assert.StartsWith($"{path}: expected at most 50000000 pixels, found 65535 × 65535", message);
    }

    [Fact]
    public void The_limit_of_pixels_is_the_callers()
    {
        string path = Save(Encode(["r"], SKEncodedImageFormat.Png));

        Assert.Equal(Block, Picture.Load(path, maxPixels: Block * Block).shape[2]);
        Assert.Throws<DataFileException>(() => Picture.Load(path, maxPixels: (Block * Block) - 1));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_that_is_cut_off_is_refused(SKEncodedImageFormat format)
    {
        byte[] whole = Encode(["rgbkwr", "wrkgbr", "rgbkwr"], format);
        string path = Save(whole[..(whole.Length * 2 / 3)]);

        Assert.Contains(path, Assert.Throws<DataFileException>(() => Picture.Load(path)).Message);
    }

    // Telephones write a film, for one, behind the end of a picture.
    [Fact]
    public void A_progressive_JPEG_is_read_if_it_is_whole_and_only_then()
    {
        byte[] whole = File.ReadAllBytes(
            Path.Combine(Repository.Root, "tests", "FashionNotebooks.Tests", "Data", "progressive.jpg"));

        Assert.Equal(["rgb", "kwr"], Letters(Picture.Load(Save(whole))));
        Assert.Equal(["rgb", "kwr"], Letters(Picture.Load(Save([.. whole, .. "a film"u8]))));
        Assert.All(Enumerable.Range(1, whole.Length - 1), length =>
            Assert.Throws<DataFileException>(() => Picture.Load(Save(whole[..length]))));
    }

    [Theory]
    [InlineData("", "found an empty file")]
    [InlineData("This is no picture.", "found the text")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "found a drawing in SVG. Save it as PNG")]
    [InlineData("\0\0\0\u001Cftypheic", "found a picture in HEIC or AVIF. Save it as PNG")]
    public void Something_else_is_refused(string content, string found)
    {
        string path = Path.GetRelativePath(".", Save(System.Text.Encoding.UTF8.GetBytes(content)));

        string message = Assert.Throws<DataFileException>(() => Picture.Load(path)).Message;

        Assert.StartsWith($"{path}: expected a whole picture", message);
        Assert.Contains(found, message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_missing() =>
        Assert.Throws<FileNotFoundException>(() => Picture.Load(PathOf("none.png")));
}
