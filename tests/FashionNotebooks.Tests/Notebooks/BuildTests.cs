using System.Diagnostics;
using System.Globalization;
using FashionNotebooks.Runner;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FashionNotebooks.Tests;

/// <summary>
/// The first cell of each notebook, which compiles the library. In the clone of these tests, to compile is to write
/// <c>Cat.cs</c> into <c>Load.cs</c>; the run of all notebooks compiles the true one.
/// </summary>
[Trait("Category", "Slow")]
public sealed class BuildTests : IDisposable
{
    private const string Ready = "The library is ready.\n";
    private const string Compiled = "Compiling the library; the first time takes half a minute.\n" + Ready;

    private static readonly Lazy<ScriptRunner<object>> FirstCell = new(() => CSharpScript.Create(
        File.ReadAllText(Path.Combine(Repository.Root, "lib", "Build.cs")) + "Library.Verify();",
        ScriptOptions.Default
            .WithReferences(typeof(Process).Assembly, typeof(Enumerable).Assembly, typeof(Console).Assembly)
            .WithImports("System", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks"))
        .CreateDelegate());

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fashion a&b #@数据 ");
    private readonly string folder = Directory.GetCurrentDirectory();
    private readonly CultureInfo? culture = CultureInfo.DefaultThreadCurrentCulture;
    private readonly TextWriter console = Console.Out;
    private readonly StringWriter printed = new();

    private string Library => Path.Combine(root.FullName, "lib", "FashionNotebooks");

    private string Cat => Path.Combine(Library, "Cat.cs");

    private string Output => Path.Combine(root.FullName, "lib", "bin", "Release");

    public BuildTests()
    {
        root.CreateSubdirectory("notebooks");
        root.CreateSubdirectory("lib/FashionNotebooks/Data");
        File.WriteAllText(Path.Combine(root.FullName, "FashionNotebooks.sln"), "");
        File.WriteAllText(Path.Combine(Library, "FashionNotebooks.csproj"), """
            <Project DefaultTargets="Build">
              <Target Name="Restore" />
              <Target Name="Build">
                <Error File="Broken.cs" Code="CS1002" Text="; expected" Condition="Exists('Broken.cs')" />
                <Copy SourceFiles="Cat.cs" DestinationFiles="../bin/$(Configuration)/Load.cs" />
                <WriteLinesToFile File="Cat.cs" Lines="Tim" Overwrite="true" Condition="Exists('obj')" />
              </Target>
            </Project>
            """);
        File.WriteAllText(Cat, "Tom");
        Directory.SetCurrentDirectory(Path.Combine(root.FullName, "notebooks"));
        Console.SetOut(printed);
    }

    public void Dispose()
    {
        Console.SetOut(console);
        CultureInfo.DefaultThreadCurrentCulture = culture;
        Directory.SetCurrentDirectory(folder);
        root.Delete(recursive: true);
    }

    [Fact]
    public void The_library_is_compiled_when_its_sources_have_changed_and_not_otherwise()
    {
        string extra = Path.Combine(Library, "Data", "Extra.cs");
        File.WriteAllText(extra, "");
        Assert.Equal(Compiled, Run());
        Assert.Equal("Tom", ReadLoad());
        Assert.Equal(Ready, Run());

        File.Delete(extra);
        Assert.Equal(Compiled, Run());

        File.WriteAllText(Cat, "Tim, from a backup");
        File.SetLastWriteTimeUtc(Cat, DateTime.UtcNow.AddYears(-1));
        Assert.Equal(Compiled, Run());
        Assert.Equal(Ready, Run());
    }

    [Fact]
    public void What_is_edited_during_a_compilation_is_compiled_by_the_next()
    {
        Directory.CreateDirectory(Path.Combine(Library, "obj")); // has the project edit Cat.cs

        Assert.Equal(Compiled, Run());
        Assert.Equal("Tom", ReadLoad());
        Assert.Equal(Compiled, Run());
        Assert.Equal("Tim", ReadLoad());
    }

    [Fact]
    public void A_kernel_that_holds_the_old_library_has_to_be_restarted()
    {
        Run();
        File.WriteAllText(Cat, "Tim");

        var exception = Assert.Throws<Exception>(() => Run(isNewKernel: false));
        Assert.Equal(
            "The library has changed, and this kernel holds the old one: restart the kernel.", exception.Message);
        Assert.Equal(Compiled, Run());
    }

    [Fact]
    public async Task A_notebook_waits_for_another_of_its_clone()
    {
        Directory.CreateDirectory(Output);
        Task<string> run;
        using (new FileStream(Path.Combine(Output, "build.lock"), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            run = Task.Run(() => Run());
            while (printed.ToString() == "" && !run.IsCompleted)
                await Task.Delay(10);
        }

        const string Waiting = "Another notebook of this clone is compiling the library: waiting for it.\n";
        Assert.Equal(Waiting + Compiled, await run);
    }

    [Fact]
    public void In_a_folder_that_cannot_be_written_nothing_is_compiled_unless_it_has_to_be()
    {
        Run();
        File.Delete(Path.Combine(Output, "build.lock"));
        Directory.CreateDirectory(Path.Combine(Output, "build.lock"));
        Assert.Equal(Ready, Run());

        File.WriteAllText(Cat, "Tim");
        var exception = Assert.Throws<Exception>(() => Run());
        Assert.Contains("has to be compiled, and its folder cannot be written: Access to the path", exception.Message);
    }

    /// <summary>In a kernel, which tells nothing of an exception in a file that is imported.</summary>
    [Fact]
    public void What_the_compiler_finds_is_shown_and_the_old_library_is_out_of_reach()
    {
        Run();
        File.WriteAllText(Path.Combine(Library, "Broken.cs"), "");
        File.Copy(Path.Combine(Repository.Root, "lib", "Build.cs"), Path.Combine(root.FullName, "lib", "Build.cs"));
        string path = Path.Combine(root.FullName, "notebooks", "small.ipynb");
        string firstCell = NotebookFiles.Load("1-data-preparation").CodeCells[0].Source;
        File.WriteAllText(path, TemporaryNotebooks.CreateNotebook(
            TemporaryNotebooks.CreateCode("first", firstCell)).ToJsonString());

        RunnerProcess.Run(path, "--output", root.FullName);

        NotebookCell cell = Notebook.Load(Path.Combine(root.FullName, "small.ipynb")).CodeCells.Single();
        Assert.StartsWith("The library does not compile:\n", cell.Error);
        Assert.Contains("Broken.cs : error CS1002: ; expected", cell.Error);
        Assert.False(File.Exists(Path.Combine(Output, "Load.cs")));
    }

    private string ReadLoad() => File.ReadAllText(Path.Combine(Output, "Load.cs")).Trim();

    /// <returns>What the first cell prints.</returns>
    private string Run(bool isNewKernel = true)
    {
        if (isNewKernel)
            AppDomain.CurrentDomain.SetData("../lib/bin/Release/sources.txt", null);

        printed.GetStringBuilder().Clear();
        FirstCell.Value().GetAwaiter().GetResult();
        return printed.ToString().ReplaceLineEndings("\n");
    }
}
