using SkiaSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class PictureTests : PictureFileTests
{
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

    // The chunk may stand before or behind the pixels, its numbers in either order.
    [Theory]
    [InlineData(false, 33, "kr", "wg", "rb")]
    [InlineData(true, -12, "kr", "wg", "rb")]
    public void A_PNG_is_turned_as_well(bool littleEndian, int place, params string[] seen)
    {
        byte[] png = Encode(["rgb", "kwr"], SKEncodedImageFormat.Png);
        byte[] tiff = littleEndian
            ? [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0x0F, 1, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 2, 1, 0x0F, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6];
        byte[] chunk = [0, 0, 0, (byte)(tiff.Length + 6), .. "eXIf"u8, .. tiff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        int at = place > 0 ? place : png.Length + place;

        Assert.Equal(seen, Letters(Picture.Load(Save([.. png[..at], .. chunk, .. png[at..]]))));
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
}
