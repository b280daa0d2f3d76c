namespace FashionNotebooks.Tests;

/// <summary>A clone in a place, and an environment, that are hard on a build.</summary>
[Trait("Category", "Slow")]
public sealed class CloneTests : IDisposable
{
    private readonly DirectoryInfo clone = Directory.CreateTempSubdirectory("a b&c #d@e 数据 ");

    // What is made here, and what is of no use there.
    private static readonly string[] LeftOut = ["bin", "obj", "artifacts", "TestResults", ".git"];

    public void Dispose() => clone.Delete(recursive: true);

    [Fact]
    public void A_clone_in_a_folder_with_odd_characters_runs_a_notebook()
    {
        Copy(Repository.Root, clone.FullName);
        string project = Path.Combine(clone.FullName, "lib", "FashionNotebooks.Runner");

        (int exitCode, string text) = ToolProcess.Run(
            "dotnet", ["run", "-c", "Release", "--project", project, "--", "4-dilated-network"],
            new() { ["VERSION"] = "v1.0-beta_3" });

        Assert.True(exitCode == 0, text);
        Assert.Matches(@"Features after flattening +│ 512 +│ 512", text);
        string executed = Path.Combine(clone.FullName, "artifacts", "notebooks", "4-dilated-network.ipynb");
        Assert.True(File.Exists(executed), text);
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (FileInfo file in new DirectoryInfo(source).GetFiles())
            file.CopyTo(Path.Combine(target, file.Name));

        foreach (DirectoryInfo folder in new DirectoryInfo(source).GetDirectories())
        {
            if (!LeftOut.Contains(folder.Name))
                Copy(folder.FullName, Path.Combine(target, folder.Name));
        }
    }
}
