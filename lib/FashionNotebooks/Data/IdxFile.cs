using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FashionNotebooks;

/// <summary>
/// Reads a gzip-compressed file in the IDX format of MNIST: a big-endian magic number (0, 0, type 8 = unsigned byte,
/// number of dimensions), the dimensions as 32-bit integers, then the bytes.
/// </summary>
/// <seealso href="https://yann.lecun.org/exdb/mnist/index.html"/>
internal static class IdxFile
{
    /// <returns>The bytes after the header, row by row.</returns>
    /// <exception cref="DataFileException">The file is missing, or is not the one that was expected.</exception>
    public static byte[] Read(string path, FashionMnistFile expected)
    {
        if (!File.Exists(path))
        {
            throw new DataFileException(path, "the archive", "no such file",
                "Restore it from the repository, or load with download: true.");
        }

        byte[] content = Decompress(path, expected);
        VerifyEnd(path, expected);
        VerifyHeader(path, content, expected);

        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (hash != expected.Sha256)
            throw DataFileException.ForReplacing(path, $"uncompressed content with SHA-256 {expected.Sha256}", $"SHA-256 {hash}");

        return content[expected.HeaderLength..];
    }

    // Never reads more than is expected and one byte, whatever the archive claims to hold.
    private static byte[] Decompress(string path, FashionMnistFile expected)
    {
        var buffer = new byte[expected.Length + 1];
        int length;
        try
        {
            using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            length = gzip.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw DataFileException.ForReplacing(path, "a gzip archive", $"damaged data ({e.Message})", e);
        }

        if (length != expected.Length)
        {
            string found = length > expected.Length ? "more" : $"{length:N0}";
            throw DataFileException.ForReplacing(path, $"{expected.Length:N0} uncompressed bytes", found);
        }

        return buffer[..length];
    }

    // A gzip archive ends with the length of its content (https://www.rfc-editor.org/rfc/rfc1952); .NET overlooks what
    // follows it.
    private static void VerifyEnd(string path, FashionMnistFile expected)
    {
        using FileStream file = File.OpenRead(path);
        file.Seek(-sizeof(int), SeekOrigin.End);
        byte[] end = new byte[sizeof(int)];
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadInt32LittleEndian(end) != expected.Length)
            throw DataFileException.ForReplacing(path, "the end of the archive", "more bytes behind it");
    }

    private static void VerifyHeader(string path, byte[] content, FashionMnistFile expected)
    {
        int magic = BinaryPrimitives.ReadInt32BigEndian(content);
        int expectedMagic = 0x800 + expected.Dimensions.Length;
        if (magic != expectedMagic)
            throw DataFileException.ForReplacing(path, $"magic number {expectedMagic}", $"{magic}");

        for (int i = 0; i < expected.Dimensions.Length; i++)
        {
            int size = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 + (4 * i)));
            if (size != expected.Dimensions[i])
                throw DataFileException.ForReplacing(path, $"{expected.Dimensions[i]} in dimension {i}", $"{size}");
        }
    }
}
