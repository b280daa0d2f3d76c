using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// Reads a file in the IDX format of MNIST: a big-endian magic number (0, 0, type 8 = unsigned byte, number of
/// dimensions), the dimensions as 32-bit integers, then the bytes; all that compressed with gzip or as it is.
/// </summary>
/// <seealso href="https://yann.lecun.org/exdb/mnist/index.html"/>
internal static class IdxFile
{
    public const string Replace = "Delete it, then restore it from the repository or load with download: true.";

    /// <returns>The bytes after the header, uint8 in the expected dimensions.</returns>
    /// <exception cref="DataFileException">The content is not the one that was expected.</exception>
    public static Tensor Read(FileStream file, FashionMnistFile expected)
    {
        DataFileException Refuse(string wanted, string found, Exception? inner = null) =>
            new(file.Name, wanted, found, Replace, inner);

        byte[] start = new byte[3];
        file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        bool compressed = start is [0x1F, 0x8B, _];
        if (!compressed && start is not [0, 0, 8])
            throw FileKind.Refuse(file, "a gzip archive or its content", Replace);

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
            throw Refuse("a gzip archive", $"damaged data ({e.Message})", e);
        }

        if (length != expected.Length)
        {
            string found = length > expected.Length ? "more" : $"{length:N0}";
            throw Refuse($"{expected.Length:N0} uncompressed bytes", found);
        }

        long[] numbers = [0x800 + expected.Dimensions.Length, .. expected.Dimensions];
        for (int i = 0; i < numbers.Length; i++)
        {
            int found = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * i));
            if (found != numbers[i])
                throw Refuse(i == 0 ? $"magic number {numbers[0]}" : $"{numbers[i]} in dimension {i - 1}", $"{found}");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(values.bytes);
        string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (sha256 != expected.Sha256)
            throw Refuse($"uncompressed content with SHA-256 {expected.Sha256}", $"SHA-256 {sha256}");

        if (compressed && FaultAtEnd(file, expected) is { } fault)
            throw Refuse("the end of the archive", fault);

        return values.MoveToOuterDisposeScope();
    }

    // .NET overlooks what an archive lacks at its end, where the CRC-32 and the length of its content belong
    // (https://www.rfc-editor.org/rfc/rfc1952), and what follows that.
    private static string? FaultAtEnd(FileStream file, FashionMnistFile expected)
    {
        byte[] end = [.. BitConverter.GetBytes(expected.Crc32), .. BitConverter.GetBytes(expected.Length)];
        byte[] found = new byte[end.Length];
        file.Seek(-found.Length, SeekOrigin.End);
        file.ReadExactly(found);
        if (found.SequenceEqual(end))
            return null;

        // An archive may be longer than its content, but not by as much as this.
        byte[] archive = new byte[Math.Min(file.Length, expected.Length + 1000)];
        file.Position = 0;
        file.ReadExactly(archive);
        return archive.Length < file.Length || archive.AsSpan().IndexOf(end) >= 0
            ? "more bytes behind it" : "that some of its last 8 bytes are missing";
    }
}
