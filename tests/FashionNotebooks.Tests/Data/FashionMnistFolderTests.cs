using System.IO.Compression;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>What may stand in the folder of the dataset, beside and in place of the archives.</summary>
public class FashionMnistFolderTests : ScratchTests
{
    private const string Images = "t10k-images-idx3-ubyte.gz";
    private const string Labels = "t10k-labels-idx1-ubyte.gz";

    private static readonly byte[] Archive = File.ReadAllBytes(Path.Combine(Repository.Data, Labels));

    public FashionMnistFolderTests() => File.CreateSymbolicLink(PathOf(Images), Path.Combine(Repository.Data, Images));

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
    public void Where_nothing_is_the_message_names_what_was_looked_for()
    {
        AssertRefused(
            Labels + ": expected the archive, found no such file, nor t10k-labels.idx1-ubyte.gz, "
            + "t10k-labels-idx1-ubyte, t10k-labels.idx1-ubyte. Restore it");

        var e = Assert.Throws<DataFileException>(() => FashionMnist.Load(PathOf("none"), train: false));
        Assert.Contains("no such file", e.Message);
    }

    [Theory]
    [InlineData("nowhere", "a link to nowhere, which is not there")]
    [InlineData("no/where", "a link to no/where, which is not there")]
    [InlineData(Labels, "expected a file that can be read")]
    public void A_link_that_leads_to_no_file_is_refused(string target, string message)
    {
        File.CreateSymbolicLink(PathOf(Labels), target);

        AssertRefused(message);
    }

    [Fact]
    public void A_folder_in_place_of_the_archive_is_refused()
    {
        Directory.CreateDirectory(PathOf(Labels));

        AssertRefused("found a folder");
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
    [InlineData("404: Not Found", "the text \"404: Not Found\"", "Restore it")]
    public void The_message_says_what_the_file_is(string content, string found, string advice)
    {
        File.WriteAllText(PathOf(Labels), content);

        AssertRefused($"expected a gzip archive or its content, found {found}", advice);
    }

    private static byte[] Unpacked()
    {
        using var gzip = new GZipStream(new MemoryStream(Archive), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    private void AssertLoads()
    {
        using FashionMnist test = FashionMnist.Load(Folder, train: false);
        Assert.Equal([9, 2, 1, 1], test.Labels.data<long>().Take(4));
    }

    private void AssertRefused(params string[] parts)
    {
        long before = Tensor.TotalCount;
        var e = Assert.Throws<DataFileException>(() => FashionMnist.Load(Folder, train: false));

        Assert.All(parts, part => Assert.Contains(part, e.Message));
        Assert.StartsWith(Folder, e.FilePath);

        // A finalizer of another test may lower the count meanwhile, nothing may raise it.
        Assert.True(Tensor.TotalCount <= before);
    }
}
