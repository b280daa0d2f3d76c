namespace FashionNotebooks.Tests;

public class WholeFileTests : ScratchTests
{
    private string FilePath => PathOf("net.safetensors");

    [Fact]
    public void A_write_that_fails_leaves_what_was_there_and_nothing_else()
    {
        File.WriteAllText(FilePath, "old");

        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(FilePath, file =>
        {
            file.WriteByte(1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(FilePath);

        Assert.Contains(FilePath, Assert.Throws<IOException>(() => WholeFile.Write(FilePath, _ => { })).Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        File.WriteAllText(FilePath, "old");
        string link = PathOf("link");
        File.CreateSymbolicLink(link, Path.GetFileName(FilePath));

        WholeFile.Write(link, file => file.WriteByte((byte)'n'));

        Assert.Equal(Path.GetFileName(FilePath), new FileInfo(link).LinkTarget);
        Assert.Equal("n", File.ReadAllText(FilePath));
    }
}
