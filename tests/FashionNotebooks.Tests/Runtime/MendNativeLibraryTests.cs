namespace FashionNotebooks.Tests;

public class MendNativeLibraryTests : ScratchTests
{
    private const string Name = "libLibTorchSharp.so";

    private string Mended => PathOf($"obj/{Name}");

    [Fact]
    public void The_version_that_old_systems_lack_becomes_weak_and_nothing_else_changes()
    {
        string shipped = FindShipped();
        byte[] before = File.ReadAllBytes(shipped);

        Run(shipped);

        byte[] after = File.ReadAllBytes(Mended);
        int changed = Assert.Single(Enumerable.Range(0, before.Length), i => before[i] != after[i]);
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(before[changed] | 2, after[changed]);
        Assert.Equal(before, File.ReadAllBytes(shipped));
        Assert.Equal(after, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Name)));
    }

    [Fact]
    public void A_mended_file_that_is_up_to_date_is_left_alone()
    {
        string shipped = FindShipped();
        Run(shipped);
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Mended, longAgo);

        Run(shipped);

        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(Mended));
    }

    [Fact]
    public void A_file_of_another_kind_stays_as_it_is()
    {
        byte[] windows = [(byte)'M', (byte)'Z', .. new byte[200]];
        File.WriteAllBytes(PathOf("LibTorchSharp.dll"), windows);

        Run(PathOf("LibTorchSharp.dll"));

        Assert.Equal(windows, File.ReadAllBytes(Mended));
    }

    /// <returns>The library in the folder of NuGet's packages; the one of this build is mended.</returns>
    private static string FindShipped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "TorchSharp's library for Linux is not in this build.");
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.GetFiles(Path.Combine(packages, "torchsharp"), Name, SearchOption.AllDirectories)[0];
    }

    private void Run(string library) =>
        Assert.True(new MendNativeLibrary { Library = library, MendedLibrary = Mended }.Execute());
}
