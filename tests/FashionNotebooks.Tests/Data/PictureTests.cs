using SkiaSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class PictureTests : ScratchTests
{
    private const int Block = 16;

    private static readonly Dictionary<char, SKColor> Colours = new()
    {
        ['r'] = SKColors.Red,
        ['g'] = SKColors.Lime,
        ['b'] = SKColors.Blue,
        ['k'] = SKColors.Black,
        ['w'] = SKColors.White,
    };

    public static TheoryData<SKEncodedImageFormat> Formats =>
        [SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Each_format_gives_the_colours_where_they_are(SKEncodedImageFormat format)
    {
        Tensor picture = Picture.Load(Save(Encode(["rgb", "kwr"], format)));

        Assert.Equal([1, 3, 2 * Block, 3 * Block], picture.shape);
        Assert.Equal(float32, picture.dtype);
        Assert.Equal(["rgb", "kwr"], Letters(picture));
    }

    // EXIF 2.32, tag 0x0112: which side of what is to be seen the first stored row and column are.
    [Theory]
    [InlineData(1, "rgb", "kwr")]
    [InlineData(2, "bgr", "rwk")]
    [InlineData(3, "rwk", "bgr")]
    [InlineData(4, "kwr", "rgb")]
    [InlineData(5, "rk", "gw", "br")]
    [InlineData(6, "kr", "wg", "rb")]
    [InlineData(7, "rb", "wg", "kr")]
    [InlineData(8, "br", "gw", "rk")]
    public void A_picture_is_turned_as_its_camera_noted(byte orientation, params string[] seen)
    {
        byte[] jpeg = Encode(["rgb", "kwr"], SKEncodedImageFormat.Jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation,
            0, 0, 0, 0, 0, 0,
        ];

        Assert.Equal(seen, Letters(Picture.Load(Save([.. jpeg[..2], .. exif, .. jpeg[2..]]))));
    }

    [Fact]
    public void What_is_transparent_is_white()
    {
        using var bitmap = new SKBitmap(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.SetPixel(0, 0, new SKColor(200, 0, 0, 0));
        bitmap.SetPixel(1, 0, new SKColor(200, 0, 0, 128));
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        Tensor picture = Picture.Load(Save(png.ToArray()));

        Tensor expected = tensor(new[] { 1, 1 - (55f / 255 * 128 / 255), 1, 1 - (128f / 255), 1, 1 - (128f / 255) });
        Assert.True(picture.flatten().allclose(expected, rtol: 0, atol: 0.005));
    }

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

    [Theory]
    [InlineData("")]
    [InlineData("This is no picture.")]
    public void Something_else_is_refused(string content)
    {
        string path = Save(System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Contains("JPEG", Assert.Throws<DataFileException>(() => Picture.Load(path)).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_missing() =>
        Assert.Throws<FileNotFoundException>(() => Picture.Load(PathOf("none.png")));

    /// <summary>A picture of blocks, a letter for the colour of each.</summary>
    private static byte[] Encode(string[] rows, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(rows[0].Length * Block, rows.Length * Block);
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
                bitmap.SetPixel(x, y, Colours[rows[y / Block][x / Block]]);
        }

        using SKData data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>The letter of the colour in the middle of each block.</summary>
    private static IEnumerable<string> Letters(Tensor picture) =>
        from y in Enumerable.Range(0, (int)picture.shape[2] / Block)
        select string.Concat(
            from x in Enumerable.Range(0, (int)picture.shape[3] / Block)
            let found = picture[0, .., (y * Block) + (Block / 2), (x * Block) + (Block / 2)] * 255
            select Colours.Single(colour => Distance(colour.Value, found) < 0.1 * 255).Key);

    private static float Distance(SKColor colour, Tensor found) =>
        (found - tensor(new float[] { colour.Red, colour.Green, colour.Blue })).abs().max().item<float>();

    private string Save(byte[] content)
    {
        File.WriteAllBytes(PathOf("picture"), content);
        return PathOf("picture");
    }
}
