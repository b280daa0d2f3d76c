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
    public void A_pipe_is_refused_and_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no pipes in folders.");
        ToolProcess.Run("mkfifo", FilePath);

        Assert.Contains(FilePath, Assert.Throws<IOException>(() => WholeFile.Write(FilePath, _ => { })).Message);

        Assert.NotEqual(0, ToolProcess.Run("test", "-f", FilePath).ExitCode);
        Assert.Equal([FilePath], Directory.GetFiles(Folder));
    }

    // The last is in a folder that is a link, and goes up from where that leads.
    [Theory]
    [InlineData("link", "runs/net", "runs/net")]
    [InlineData("link", "first", "runs/net")]
    [InlineData("link", "runs/new", "runs/new")]
    [InlineData("linked/link", "../other", "runs/other")]
    public void A_link_stays_a_link_and_what_it_leads_to_is_written(string link, string leadsTo, string written)
    {
        Directory.CreateDirectory(PathOf("runs/deep"));
        File.WriteAllText(PathOf("runs/net"), "old");
        File.CreateSymbolicLink(PathOf("first"), "runs/net");
        Directory.CreateSymbolicLink(PathOf("linked"), "runs/deep");
        File.CreateSymbolicLink(PathOf(link), leadsTo);

        WholeFile.Write(PathOf(link), file => file.WriteByte((byte)'n'));

        Assert.Equal(leadsTo, new FileInfo(PathOf(link)).LinkTarget);
        Assert.Equal("n", File.ReadAllText(PathOf(written)));
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(PathOf("one"), "two");
        File.CreateSymbolicLink(PathOf("two"), "one");

        Assert.Throws<IOException>(() => WholeFile.Write(PathOf("one"), _ => { }));
    }

    [Fact]
    public void A_file_keeps_its_permissions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no Unix permissions.");
        File.WriteAllText(FilePath, "old");
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(FilePath, Mine);

        WholeFile.Write(FilePath, _ => { });

        if (!OperatingSystem.IsWindows())
            Assert.Equal(Mine, File.GetUnixFileMode(FilePath));
    }
}
