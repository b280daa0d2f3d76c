using System.IO.Compression;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Damaged files are refused with the library's own exception, and none takes much memory.</summary>
public class IdxFileTests : ScratchTests
{
    private const long MemoryForAFile = 1_000_000;

    // Six images of three by two pixels.
    private static readonly byte[] Content =
        [0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 3, 0, 0, 0, 2, .. Enumerable.Range(1, 36).Select(i => (byte)(i * 7))];
    private static readonly byte[] Archive = Compress(Content);
    private static readonly FashionMnistFile Expected =
        new("small.gz", [6, 3, 2], Convert.ToHexStringLower(SHA256.HashData(Content)));

    [Fact]
    public void The_undamaged_file_is_read() => Assert.All([Archive, Content], file =>
    {
        Tensor values = Read(file);

        Assert.Equal([6, 3, 2], values.shape);
        Assert.Equal(ScalarType.Byte, values.dtype);
        Assert.Equal(Content[16..], values.bytes.ToArray());
    });

    [Fact]
    public void With_an_altered_byte_the_message_says_what_the_content_is_to_be_and_where_to_get_it()
    {
        string error = AssertRefused(Compress(Flip(Content, bit: 100)))!;

        Assert.Contains($"uncompressed content with SHA-256 {Expected.Sha256}", error);
        Assert.Contains("take small.gz from the folder data/fashion of https://github.com/zalandoresearch", error);
    }

    [Fact]
    public void Files_truncated_at_every_byte_are_refused()
    {
        Assert.All(Enumerable.Range(0, Archive.Length), length => AssertRefused(Archive[..length]));
        Assert.All(Enumerable.Range(0, Content.Length), length => AssertRefused(Content[..length]));
        Assert.All(Enumerable.Range(0, Content.Length), length => AssertRefused(Compress(Content[..length])));
        Assert.Contains("52 uncompressed bytes, found 51", AssertRefused(Content[..^1]));
    }

    [Fact]
    public void Files_with_any_bit_flipped_are_refused()
    {
        Assert.All(Enumerable.Range(0, 8 * Archive.Length), bit => AssertRefused(Flip(Archive, bit)));
        Assert.All(Enumerable.Range(0, 8 * Content.Length), bit => AssertRefused(Flip(Content, bit)));
        Assert.All(Enumerable.Range(0, 8 * Content.Length), bit => AssertRefused(Compress(Flip(Content, bit))));
    }

    [Fact]
    public void Files_that_go_on_are_refused()
    {
        Assert.Contains("52 uncompressed bytes, found more", AssertRefused([.. Content, 0]));
        Assert.Contains("52 uncompressed bytes, found more", AssertRefused(Compress([.. Content, 0])));
        Assert.Contains("52 uncompressed bytes, found more", AssertRefused([.. Archive, .. Archive]));
    }

    [Fact]
    public void A_gzip_bomb_is_refused_and_not_unpacked() => AssertRefused(Compress(new byte[100_000_000]));

    private static byte[] Compress(byte[] content)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest))
            gzip.Write(content);

        return archive.ToArray();
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private Tensor Read(byte[] content)
    {
        File.WriteAllBytes(PathOf("small"), content);
        using FileStream file = File.OpenRead(PathOf("small"));
        return IdxFile.Read(file, Expected);
    }

    /// <summary>An archive damaged where its content does not suffer, in its time or trailer, may be read.</summary>
    /// <returns>What was said; null if it was read.</returns>
    private string? AssertRefused(byte[] damaged)
    {
        long memory = GC.GetAllocatedBytesForCurrentThread();
        long tensors = Tensor.TotalCount;
        string? message = null;
        try
        {
            using Tensor values = Read(damaged);
            Assert.Equal(Content[16..], values.bytes.ToArray());
            Assert.NotEqual(Content, damaged);
        }
        catch (DataFileException e)
        {
            Assert.StartsWith(PathOf("small"), message = e.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - memory, 0, MemoryForAFile);

        // A finalizer of another test may lower the count meanwhile, nothing may raise it.
        Assert.True(Tensor.TotalCount <= tensors);
        return message;
    }
}
