using System.IO.Compression;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>What may stand in the folder of the dataset, beside and in place of the archives.</summary>
public sealed class FashionMnistFolderTests : IDisposable
{
    private const string Images = "t10k-images-idx3-ubyte.gz";
    private const string Labels = "t10k-labels-idx1-ubyte.gz";

    private static readonly byte[] Archive = File.ReadAllBytes(Path.Combine(Repository.Data, Labels));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-folder-");

    public FashionMnistFolderTests() => File.Copy(Path.Combine(Repository.Data, Images), PathOf(Images));

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("t10k-labels.idx1-ubyte.gz", true)]
    [InlineData("t10k-labels-idx1-ubyte", false)]
    [InlineData("t10k-labels.idx1-ubyte", false)]
    [InlineData(Labels, false)]
    [InlineData("t10k-labels-idx1-ubyte", true)]
    public void The_content_decides_and_not_the_name(string name, bool compressed)
    {
        File.WriteAllBytes(PathOf(name), compressed ? Archive : Unpacked());

        AssertLoads();
    }

    [Fact]
    public void A_file_that_fits_is_found_beside_a_damaged_one()
    {
        File.WriteAllBytes(PathOf(Labels), Archive[..1000]);
        File.WriteAllBytes(PathOf("t10k-labels-idx1-ubyte"), Unpacked());

        AssertLoads();
    }

    [Fact]
    public void Where_nothing_fits_the_damaged_file_is_named()
    {
        File.WriteAllBytes(PathOf("t10k-labels.idx1-ubyte"), Unpacked()[..1000]);

        AssertRefused("t10k-labels.idx1-ubyte: expected 10,008 uncompressed bytes, found 1,000");
    }

    [Fact]
    public void Where_nothing_is_the_message_names_what_was_looked_for() => AssertRefused(
        Labels + ": expected the archive, found no such file, nor t10k-labels.idx1-ubyte.gz, t10k-labels-idx1-ubyte, "
        + "t10k-labels.idx1-ubyte. Restore it");

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        var e = Assert.Throws<DataFileException>(() => FashionMnist.Load(PathOf("none"), train: false));

        Assert.Contains("no such file", e.Message);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("no/where")]
    public void A_link_to_nothing_is_told(string target)
    {
        File.CreateSymbolicLink(PathOf(Labels), target);

        AssertRefused($"a link to {target}, which is not there");
    }

    [Fact]
    public void A_link_to_itself_is_refused()
    {
        File.CreateSymbolicLink(PathOf(Labels), Labels);

        AssertRefused("expected a file that can be read");
    }

    [Fact]
    public void A_folder_in_place_of_the_archive_is_refused()
    {
        folder.CreateSubdirectory(Labels);

        AssertRefused("expected a file that can be read");
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_refused()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "This user may read any file.");
        File.WriteAllBytes(PathOf(Labels), Archive);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(Labels), UnixFileMode.None);

        AssertRefused("expected a file that can be read");
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "a Git LFS pointer", "git lfs pull")]
    [InlineData("\n<!DOCTYPE html>", "a web page", "Download the file itself")]
    [InlineData("404: Not Found", "the text \"404: Not Found\"", "Restore it")]
    [InlineData("PK\u0003\u0004\u0014", "a zip archive", "Unpack it")]
    [InlineData("\u0001\u0002\u00FF", "3 bytes that begin with 0102FF", "Restore it")]
    [InlineData("", "an empty file", "Restore it")]
    public void The_message_says_what_the_file_is(string content, string found, string advice)
    {
        File.WriteAllBytes(PathOf(Labels), System.Text.Encoding.Latin1.GetBytes(content));

        AssertRefused($"expected a gzip archive or its content, found {found}", advice);
    }

    [Fact]
    public void Nothing_of_the_content_is_copied_on_the_way_to_the_tensor()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        using FashionMnist train = FashionMnist.Load(Repository.Data, train: true);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static byte[] Unpacked()
    {
        using var gzip = new GZipStream(new MemoryStream(Archive), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private void AssertLoads()
    {
        using FashionMnist test = FashionMnist.Load(folder.FullName, train: false);
        Assert.Equal([9, 2, 1, 1], test.Labels.data<long>().Take(4));
    }

    private void AssertRefused(params string[] parts)
    {
        long before = Tensor.TotalCount;
        var e = Assert.Throws<DataFileException>(() => FashionMnist.Load(folder.FullName, train: false));

        Assert.All(parts, part => Assert.Contains(part, e.Message));
        Assert.StartsWith(folder.FullName, e.FilePath);

        // A finalizer of another test may lower the count meanwhile, nothing may raise it.
        Assert.True(Tensor.TotalCount <= before);
    }
}
