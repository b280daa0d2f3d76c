namespace FashionNotebooks.Tests;

public class MendNativeLibraryTests : ScratchTests
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");

    private string Mended => PathOf("obj/libLibTorchSharp.so");

    [Fact]
    public void A_version_that_the_system_lacks_becomes_weak_and_nothing_else_changes()
    {
        SkipOnOtherSystems();
        byte[] before = File.ReadAllBytes(Shipped);

        MendNativeLibrary task = Run(Shipped, offered: "");

        byte[] after = File.ReadAllBytes(Mended);
        int[] changed = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];
        Assert.True(task.IsMended);
        Assert.Equal(before.Length, after.Length);
        Assert.NotEmpty(changed);
        Assert.All(changed, i => Assert.Equal(before[i] | 2, after[i]));
        Assert.Equal(before, File.ReadAllBytes(Shipped));
    }

    [Fact]
    public void A_mended_file_that_is_up_to_date_is_left_alone()
    {
        SkipOnOtherSystems();
        Run(Shipped, offered: "");
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Mended, longAgo);

        Run(Shipped, offered: "");

        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(Mended));
    }

    [Fact]
    public void Nothing_is_written_where_the_system_offers_all_versions()
    {
        SkipOnOtherSystems();
        string allVersions = string.Concat(
            from major in new[] { 3, 4 }
            from minor in Enumerable.Range(0, 100)
            from patch in Enumerable.Range(-1, 100)
            select patch < 0 ? $"GLIBCXX_{major}.{minor}\0" : $"GLIBCXX_{major}.{minor}.{patch}\0");

        Assert.False(Run(Shipped, allVersions).IsMended);
        Assert.False(File.Exists(Mended));
    }

    [Fact]
    public void A_library_of_another_system_is_left_alone()
    {
        string windows = PathOf("LibTorchSharp.dll");
        File.WriteAllBytes(windows, [(byte)'M', (byte)'Z', .. new byte[200]]);

        Assert.False(Run(windows, offered: "").IsMended);
    }

    private static void SkipOnOtherSystems() =>
        Assert.SkipUnless(File.Exists(Shipped), "TorchSharp's library for Linux is not in this build.");

    private MendNativeLibrary Run(string library, string offered)
    {
        string system = PathOf("libstdc++.so.6");
        File.WriteAllText(system, offered + "\0");
        var task = new MendNativeLibrary { Library = library, MendedLibrary = Mended, SystemLibrary = system };
        Assert.True(task.Execute());
        return task;
    }
}
