using System.Buffers.Binary;
using SkiaSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class PictureTests : IDisposable
{
    private const int Block = 16;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-picture-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Each_format_gives_the_colours_where_they_are(SKEncodedImageFormat format)
    {
        using var scope = NewDisposeScope();
        byte[] file = Encode(["rgb", "kwr"], format);

        Tensor picture = Picture.Load(Save("picture", file));

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
        using var scope = NewDisposeScope();
        byte[] jpeg = Encode(["rgb", "kwr"], SKEncodedImageFormat.Jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation,
            0, 0, 0, 0, 0, 0,
        ];

        Tensor picture = Picture.Load(Save("photo.jpg", [.. jpeg[..2], .. exif, .. jpeg[2..]]));

        Assert.Equal(seen, Letters(picture));
    }

    [Fact]
    public void What_is_transparent_is_white()
    {
        using var scope = NewDisposeScope();
        using var bitmap = new SKBitmap(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.SetPixel(0, 0, new SKColor(200, 0, 0, 0));
        bitmap.SetPixel(1, 0, new SKColor(200, 0, 0, 128));
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        Tensor picture = Picture.Load(Save("transparent.png", png.ToArray()));

        float[] expected = [1, 1 - (55f / 255 * 128 / 255), 1, 1 - (128f / 255), 1, 1 - (128f / 255)];
        float[] values = [.. picture.data<float>()];
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 0.005f));
    }

    [Fact]
    public void A_huge_picture_is_refused_before_it_is_decoded()
    {
        // A header alone: what follows it is never read.
        byte[] png = [.. Encode(["r"], SKEncodedImageFormat.Png)];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 70_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32(png.AsSpan(12, 17)));
        string path = Save("huge.png", png);

        var exception = Assert.Throws<DataFileException>(() => Picture.Load(path));

        Assert.Contains("60000 × 70000", exception.Message);
        Assert.Contains(path, exception.Message);
    }

    [Fact]
    public void The_limit_of_pixels_is_the_callers()
    {
        using var scope = NewDisposeScope();
        string path = Save("small.png", Encode(["r"], SKEncodedImageFormat.Png));

        Assert.Equal(Block, Picture.Load(path, maxPixels: Block * Block).shape[2]);
        Assert.Throws<DataFileException>(() => Picture.Load(path, maxPixels: (Block * Block) - 1));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_picture_that_is_cut_off_is_refused(SKEncodedImageFormat format)
    {
        byte[] whole = Encode(["rgbkwr", "wrkgbr", "rgbkwr"], format);
        string path = Save("half", whole[..(whole.Length * 2 / 3)]);

        Assert.Contains(path, Assert.Throws<DataFileException>(() => Picture.Load(path)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is no picture.")]
    public void Something_else_is_refused(string content)
    {
        string path = Save("notes.jpg", System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Contains("JPEG", Assert.Throws<DataFileException>(() => Picture.Load(path)).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_missing() =>
        Assert.Throws<FileNotFoundException>(() => Picture.Load(Path.Combine(folder.FullName, "none.png")));

    private static readonly Dictionary<char, SKColor> Colours = new()
    {
        ['r'] = new(255, 0, 0),
        ['g'] = new(0, 255, 0),
        ['b'] = new(0, 0, 255),
        ['k'] = new(0, 0, 0),
        ['w'] = new(255, 255, 255),
    };

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

    /// <summary>The letter of the nearest colour in the middle of each block.</summary>
    private static string[] Letters(Tensor picture)
    {
        char Letter(int row, int column)
        {
            (int y, int x) = ((row * Block) + (Block / 2), (column * Block) + (Block / 2));
            float[] found = [.. picture[0, .., y, x].data<float>()];
            (char letter, double distance) = Colours
                .Select(colour => (colour.Key, Distance(colour.Value, found))).MinBy(pair => pair.Item2);
            Assert.InRange(distance, 0, 0.1);
            return letter;
        }

        return [.. Enumerable.Range(0, (int)picture.shape[2] / Block).Select(row =>
            string.Concat(Enumerable.Range(0, (int)picture.shape[3] / Block).Select(column => Letter(row, column))))];
    }

    private static double Distance(SKColor colour, float[] found) => new[]
    {
        Math.Abs((colour.Red / 255.0) - found[0]), Math.Abs((colour.Green / 255.0) - found[1]),
        Math.Abs((colour.Blue / 255.0) - found[2]),
    }.Max();

    // Of a PNG's chunk, bit by bit.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }

    private string Save(string name, byte[] content)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
