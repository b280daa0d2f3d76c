using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Damaged files are refused with the library's own exception, and none takes much memory.</summary>
public sealed class IdxFileTests : IDisposable
{
    private const int Cases = 500;
    private const long MemoryForAFile = 1_000_000;

    // Six images of three by two pixels.
    private static readonly byte[] Content =
        [0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 3, 0, 0, 0, 2, .. Enumerable.Range(1, 36).Select(i => (byte)(i * 7))];
    private static readonly byte[] Archive = Compress(Content);
    private static readonly byte[] Bomb = Compress(new byte[100_000_000]);
    private static readonly FashionMnistFile Expected =
        new("small.gz", [6, 3, 2], Convert.ToHexStringLower(SHA256.HashData(Content)));

    private readonly string path = Path.GetTempFileName();

    private static Gen<byte[]> AnyBytes => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    private static Gen<byte[]> Damaged => Gen.OneOf(
        Gen.Choose(0, Archive.Length - 1).Select(length => Archive[..length]),
        Gen.Choose(0, Content.Length - 1).Select(length => Compress(Content[..length])),
        Flipped(Content).Select(Compress),
        Flipped(Archive),
        AnyInt.Select(magic => Compress(WithNumber(0, magic))),
        Gen.Choose(0, 2).SelectMany(
            dimension => AnyInt.Select(count => Compress(WithNumber(4 + (4 * dimension), count)))),
        AnyBytes.Where(bytes => bytes.Length > 0).Select(bytes => Compress([.. Content, .. bytes])),
        AnyBytes.Where(bytes => bytes.Length > 0).Select(bytes => (byte[])[.. Archive, .. bytes]),
        AnyBytes,
        AnyBytes.Select(Compress),
        Gen.Choose(0, Content.Length - 1).Select(length => Content[..length]),
        Flipped(Content).Where(bytes => !bytes.SequenceEqual(Content)),
        AnyInt.Select(magic => WithNumber(0, magic)),
        AnyBytes.Where(bytes => bytes.Length > 0).Select(bytes => (byte[])[.. Content, .. bytes]));

    // Counts that are absurd, and any others.
    private static Gen<int> AnyInt => Gen.OneOf(
        Gen.Elements(0, 1, -1, int.MaxValue, int.MinValue, 0x7FFF_FFF0, 1 << 24),
        Gen.Choose(int.MinValue, int.MaxValue));

    public void Dispose() => File.Delete(path);

    [Fact]
    public void The_undamaged_file_is_read() => Assert.All([Archive, Content], file =>
    {
        using Tensor values = Read(file);

        Assert.Equal([6, 3, 2], values.shape);
        Assert.Equal(ScalarType.Byte, values.dtype);
        Assert.Equal(Content[16..], values.bytes.ToArray());
    });

    [Theory]
    [InlineData(-1, "52 uncompressed bytes, found 51")]
    [InlineData(+1, "52 uncompressed bytes, found more")]
    public void A_wrong_length_is_named(int change, string message)
    {
        byte[] content = [.. Content];
        Array.Resize(ref content, content.Length + change);

        Assert.Contains(message, Assert.Throws<DataFileException>(() => Read(Compress(content))).Message);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(30)]
    public void With_an_altered_byte_the_message_says_what_the_content_is_to_be_and_where_to_get_it(int position)
    {
        byte[] content = [.. Content];
        content[position] = 7;

        string error = Assert.Throws<DataFileException>(() => Read(Compress(content))).Message;
        Assert.Contains("uncompressed content with SHA-256", error);
        Assert.Contains("take small.gz from the folder data/fashion of https://github.com/zalandoresearch", error);
        Assert.Contains(Expected.Sha256, error);
    }

    [Fact]
    public void Files_truncated_at_every_byte_are_refused()
    {
        Assert.All(Enumerable.Range(0, Archive.Length), length => AssertRefused(Archive[..length]));
        Assert.All(Enumerable.Range(0, Content.Length), length => AssertRefused(Content[..length]));
        Assert.All(Enumerable.Range(0, Content.Length), length => AssertRefused(Compress(Content[..length])));
    }

    [Fact]
    public void Hundreds_of_damaged_files_are_refused()
    {
        long before = Tensor.TotalCount;
        Prop.ForAll(Damaged.ToArbitrary(), AssertRefused)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(42, 1));

        // A finalizer of another test may lower the count meanwhile, nothing may raise it.
        Assert.True(Tensor.TotalCount <= before);
    }

    [Fact]
    public void A_gzip_bomb_is_refused_and_not_unpacked() => AssertRefused(Bomb);

    private static byte[] Compress(byte[] content)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest))
            gzip.Write(content);

        return archive.ToArray();
    }

    private static byte[] WithNumber(int position, int number)
    {
        byte[] content = [.. Content];
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(position), number);
        return content;
    }

    private static Gen<byte[]> Flipped(byte[] bytes) =>
        Gen.Choose(0, (bytes.Length * 8) - 1).ArrayOf().Where(bits => bits.Length > 0).Select(bits =>
        {
            byte[] flipped = [.. bytes];
            foreach (int bit in bits)
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            return flipped;
        });

    private Tensor Read(byte[] archive)
    {
        File.WriteAllBytes(path, archive);
        using FileStream file = File.OpenRead(path);
        return IdxFile.Read(file, Expected);
    }

    // An archive that is damaged where its content does not suffer, such as in its time, may be read.
    private void AssertRefused(byte[] archive)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using Tensor values = Read(archive);
            Assert.Equal(Content[16..], values.bytes.ToArray());
            Assert.NotEqual(Content, archive);
        }
        catch (DataFileException e)
        {
            Assert.Contains(path, e.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryForAFile);
    }
}
