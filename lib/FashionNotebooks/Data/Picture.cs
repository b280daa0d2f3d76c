using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace FashionNotebooks;

/// <summary>Reads pictures from a camera or the web as tensors.</summary>
public static class Picture
{
    private const string Expected = "a whole picture in PNG, JPEG, WebP, GIF or BMP";
    private const string Advice = "Save it as PNG or JPEG; many telephones can, in place of HEIC.";

    /// <summary>
    /// Reads a PNG, JPEG, WebP, GIF or BMP file (the first frame, if it moves), the way up that its camera noted
    /// (EXIF) and on white where it is transparent.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="maxPixels">The largest width times height; a larger picture is refused undecoded.</param>
    /// <returns><c>[1, 3, H, W]</c> float32: red, green and blue in sRGB, from 0 to 1.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="DataFileException">It is no such picture, damaged, cut off, or too large.</exception>
    public static Tensor Load(string path, long maxPixels = 50_000_000)
    {
        using FileStream file = FileKind.OpenRead(path, Expected, Advice);
        using var stream = new WatchedStream(path);
        using SKCodec? codec = SKCodec.Create(stream);
        if (codec is null)
            throw FileKind.CreateRefusal(file, Expected, Advice, path);

        (long width, long height) = (codec.Info.Width, codec.Info.Height);
        if (width * height > maxPixels)
            throw new DataFileException(path, $"at most {maxPixels} pixels", $"{width} × {height}", "Make it smaller.");

        var format = new SKImageInfo((int)width, (int)height, SKColorType.Rgba8888, SKAlphaType.Premul,
            SKColorSpace.CreateSrgb());
        using var bitmap = new SKBitmap(format);
        SKCodecResult result = codec.GetPixels(format, bitmap.GetPixels());
        if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg && stream.WasReadBeyondEnd)
            result = SKCodecResult.IncompleteInput;
        if (result != SKCodecResult.Success)
            throw new DataFileException(path, Expected, $"one that is cut off or damaged ({result})", "Get it again.");

        using var scope = NewDisposeScope();
        Tensor pixels = tensor(bitmap.Bytes).reshape(height, width, 4).permute(2, 0, 1).unsqueeze(0);
        Tensor colours = pixels.narrow(1, 0, 3).to(float32).add_(255).sub_(pixels.narrow(1, 3, 1)).div_(255);
        return Turn(colours, ReadOrigin(codec, file)).contiguous().MoveToOuterDisposeScope();
    }

    // Skia finds it in all formats but PNG: the entry 0x0112 of the chunk eXIf, in either byte order.
    private static SKEncodedOrigin ReadOrigin(SKCodec codec, FileStream file)
    {
        const string Entry = @"eXIf.*?(\x01\x12\0\x03\0{3}\x01\0|\x12\x01\x03\0\x01\0{3})([\x01-\x08])";
        string png = codec.EncodedFormat == SKEncodedImageFormat.Png
            ? new StreamReader(file, Encoding.Latin1).ReadToEnd() : "";
        Match match = Regex.Match(png, Entry, RegexOptions.Singleline);
        return match.Success ? (SKEncodedOrigin)match.Groups[2].Value[0] : codec.EncodedOrigin;
    }

    // What EXIF says of the first row and the first column: where they are when the picture is the right way up.
    private static Tensor Turn(Tensor picture, SKEncodedOrigin origin)
    {
        if (origin >= SKEncodedOrigin.LeftTop)
            picture = picture.transpose(2, 3);
        if (origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight
            or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom)
            picture = picture.flip(3);
        if (origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom)
            picture = picture.flip(2);
        return picture;
    }

    // Skia takes a progressive JPEG that is cut off for whole, but not before it has asked for more.
    private sealed class WatchedStream(string path) : FileStream(path, FileMode.Open, FileAccess.Read)
    {
        public bool WasReadBeyondEnd { get; private set; }

        public override int Read(byte[] array, int offset, int count)
        {
            WasReadBeyondEnd |= Position == Length;
            return base.Read(array, offset, count);
        }
    }
}
