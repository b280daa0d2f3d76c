using SkiaSharp;

namespace FashionNotebooks;

/// <summary>Reads pictures from a camera or the web as tensors.</summary>
public static class Picture
{
    /// <summary>
    /// Reads a PNG, JPEG, WebP, GIF or BMP file (the first frame, if it moves), the way up that its camera noted
    /// (EXIF) and on white where it is transparent.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="maxPixels">The largest width times height; a larger picture is refused undecoded.</param>
    /// <returns><c>[1, 3, H, W]</c> float32: red, green and blue in sRGB, from 0 to 1.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="DataFileException">It is no such picture, damaged, cut off, or too large.</exception>
    public static Tensor Load(string path, long maxPixels = 50_000_000)
    {
        using FileStream file = File.OpenRead(path);
        using SKCodec? codec = SKCodec.Create(file, out SKCodecResult result);
        if (codec is null)
        {
            throw new DataFileException(path, "a picture, PNG, JPEG or WebP", $"something else ({result})",
                "Save it as one of these; many telephones can, in place of HEIC.");
        }

        (long width, long height) = (codec.Info.Width, codec.Info.Height);
        if (width * height > maxPixels)
            throw new DataFileException(path, $"at most {maxPixels} pixels", $"{width} × {height}", "Make it smaller.");

        var format = new SKImageInfo((int)width, (int)height, SKColorType.Rgba8888, SKAlphaType.Premul,
            SKColorSpace.CreateSrgb());
        using var bitmap = new SKBitmap(format);
        result = codec.GetPixels(format, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw new DataFileException(path, "a whole picture", $"a damaged one ({result})", "Get it once more.");

        using var scope = NewDisposeScope();
        Tensor pixels = tensor(bitmap.Bytes).reshape(height, width, 4).permute(2, 0, 1).unsqueeze(0);
        Tensor colours = pixels.narrow(1, 0, 3).to(float32).add_(255).sub_(pixels.narrow(1, 3, 1)).div_(255);
        return Turn(colours, codec.EncodedOrigin).contiguous().MoveToOuterDisposeScope();
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
}
