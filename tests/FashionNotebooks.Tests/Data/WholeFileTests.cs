namespace FashionNotebooks.Tests;

public sealed class WholeFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-whole-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("net.0123456789abcdef0123456789abcdef.part", true)]
    [InlineData("net.dilated.0123456789abcdef0123456789abcdef.part", false)]
    [InlineData("net.dilated", false)]
    [InlineData("net.part", false)]
    [InlineData("net.0123.part", false)]
    [InlineData("net.0123456789ABCDEF0123456789ABCDEF.part", false)]
    [InlineData("net.0123456789abcdef0123456789abcdeg.part", false)]
    [InlineData("net.0123456789abcdef0123456789abcdef.parts", false)]
    public void Only_its_own_leftovers_are_removed(string name, bool removed)
    {
        string file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, "half");

        WholeFile.RemoveLeftovers(Path.Combine(folder.FullName, "net"));

        Assert.Equal(removed, !File.Exists(file));
    }

    [Fact]
    public void What_a_killed_write_leaves_is_removed()
    {
        string name = OperatingSystem.IsWindows() ? "net [1].safetensors" : "net [1]*.safetensors";
        string path = Path.Combine(folder.FullName, name);
        string leftover = "";
        WholeFile.Write(path, file => leftover = file.Name);
        File.WriteAllText(leftover, "half");

        WholeFile.RemoveLeftovers(path);

        Assert.Equal([path], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void The_longest_name_that_can_be_written_is_not_refused()
    {
        const int LongestName = 255;
        int ending = ".part".Length + 33; // a dot and a random number in hexadecimal digits
        string path = Path.Combine(folder.FullName, new string('n', LongestName - ending));

        WholeFile.ThrowIfNotWritable(path);
        WholeFile.Write(path, _ => { });

        Assert.Equal([path], Directory.GetFiles(folder.FullName));
        Assert.Throws<IOException>(() => WholeFile.ThrowIfNotWritable(path + "n"));
    }
}
