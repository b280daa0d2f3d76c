using SkiaSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Tests of picture files, whose pictures are blocks of colours, with a letter for each.</summary>
public abstract class PictureFileTests : ScratchTests
{
    protected const int Block = 16;

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

    protected static byte[] Encode(string[] rows, SKEncodedImageFormat format)
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
    protected static IEnumerable<string> Letters(Tensor picture) =>
        from y in Enumerable.Range(0, (int)picture.shape[2] / Block)
        select string.Concat(
            from x in Enumerable.Range(0, (int)picture.shape[3] / Block)
            let found = picture[0, .., (y * Block) + (Block / 2), (x * Block) + (Block / 2)] * 255
            select Colours.Single(colour => Distance(colour.Value, found) < 0.1 * 255).Key);

    private static float Distance(SKColor colour, Tensor found) =>
        (found - tensor(new float[] { colour.Red, colour.Green, colour.Blue })).abs().max().item<float>();

    protected string Save(byte[] content)
    {
        File.WriteAllBytes(PathOf("picture"), content);
        return PathOf("picture");
    }
}
