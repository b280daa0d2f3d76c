using System.IO.Compression;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class IdxFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-idx-");

    private static FashionMnistFile Labels => FashionMnistFile.TestLabels;

    private string Target => Path.Combine(folder.FullName, Labels.Name);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Reads_what_follows_the_header()
    {
        using FileStream file = File.OpenRead(Path.Combine(Repository.Data, Labels.Name));
        using Tensor labels = IdxFile.Read(file, Labels);

        Assert.Equal([10_000], labels.shape);
        Assert.Equal([9, 2, 1, 1], labels.data<byte>().Take(4));
    }

    [Fact]
    public void A_file_that_is_not_gzip_is_refused()
    {
        File.WriteAllText(Target, "<html>Not found</html>");

        AssertRefused("expected a gzip archive");
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        byte[] archive = File.ReadAllBytes(Path.Combine(Repository.Data, Labels.Name));
        File.WriteAllBytes(Target, archive[..(archive.Length / 2)]);

        AssertRefused("Delete it");
    }

    [Theory]
    [InlineData(-1, "10,008 uncompressed bytes, found 10,007")]
    [InlineData(+1, "10,008 uncompressed bytes, found more")]
    public void A_wrong_length_is_refused(int change, string message)
    {
        byte[] content = Uncompressed();
        Array.Resize(ref content, content.Length + change);
        Write(content);

        AssertRefused(message);
    }

    [Theory]
    [InlineData(3, "magic number 2049, found 2051")]
    [InlineData(7, "10000 in dimension 0, found 9987")]
    [InlineData(5_000, "SHA-256 0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34, found SHA-256")]
    public void An_altered_byte_is_refused(int position, string message)
    {
        byte[] content = Uncompressed();
        content[position] = 3;
        Write(content);

        AssertRefused(message);
    }

    private static byte[] Uncompressed()
    {
        using var gzip = new GZipStream(
            File.OpenRead(Path.Combine(Repository.Data, Labels.Name)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    private void Write(byte[] content)
    {
        using var gzip = new GZipStream(File.Create(Target), CompressionLevel.Fastest);
        gzip.Write(content);
    }

    private void AssertRefused(string message)
    {
        using FileStream file = File.OpenRead(Target);
        var exception = Assert.Throws<DataFileException>(() => IdxFile.Read(file, Labels));
        Assert.Contains(Target, exception.Message);
        Assert.Contains(message, exception.Message);
    }
}
