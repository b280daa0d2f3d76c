using System.IO.Compression;
using System.Security.Cryptography;

namespace FashionNotebooks;

/// <summary>
/// Reads a file in the IDX format of MNIST: a big-endian magic number (0, 0, type 8 = unsigned byte, number of
/// dimensions), the dimensions as 32-bit integers, then the bytes; all that compressed with gzip or as it is.
/// </summary>
/// <seealso href="https://yann.lecun.org/exdb/mnist/index.html"/>
internal static class IdxFile
{
    /// <returns>The bytes after the header, uint8 in the expected dimensions.</returns>
    /// <exception cref="DataFileException">The content is not the one that was expected.</exception>
    public static Tensor Read(FileStream file, FashionMnistFile expected)
    {
        DataFileException Refusal(string wanted, string found, Exception? inner = null) =>
            new(file.Name, wanted, found, expected.Advice, inner);

        byte[] start = new byte[3];
        file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        bool compressed = start is [0x1F, 0x8B, _];
        if (!compressed && start is not [0, 0, 8])
            throw FileKind.CreateRefusal(file, "a gzip archive or its content", expected.Advice);

        file.Position = 0;
        using GZipStream? gzip = compressed ? new(file, CompressionMode.Decompress, leaveOpen: true) : null;
        Stream content = gzip ?? (Stream)file;
        using var scope = NewDisposeScope();
        Tensor values = empty(expected.Dimensions, uint8);
        byte[] header = new byte[expected.HeaderLength];
        int length;
        try
        {
            // Never reads more than is expected and one byte, whatever the archive claims to hold.
            length = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)
                + content.ReadAtLeast(values.bytes, values.bytes.Length, throwOnEndOfStream: false)
                + content.ReadAtLeast(new byte[1], 1, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw Refusal("a gzip archive", $"damaged data ({e.Message})", e);
        }

        if (length != expected.Length)
        {
            string found = length > expected.Length ? "more" : $"{length:N0}";
            throw Refusal($"{expected.Length:N0} uncompressed bytes", found);
        }

        // The hash is of the header too, so that its numbers need no look of their own.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(values.bytes);
        string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (sha256 != expected.Sha256)
            throw Refusal($"uncompressed content with SHA-256 {expected.Sha256}", $"SHA-256 {sha256}");

        return values.MoveToOuterDisposeScope();
    }
}
