using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FashionNotebooks.Tests;

/// <summary>
/// The first cell of each notebook, which compiles the library. In the clone of these tests, to compile is to copy
/// <c>Cat.cs</c>; the run of all notebooks compiles the true one.
/// </summary>
[Trait("Category", "Slow")]
public sealed class BuildTests : IDisposable
{
    private const string Ready = "The library is ready.\n";
    private const string Compiled = "Compiling the library; the first time takes half a minute.\n" + Ready;

    private const string Library = "../lib/FashionNotebooks/";
    private const string Output = "../lib/bin/Release/";

    private static readonly string Code = File.ReadAllText(Path.Combine(Repository.Root, "lib", "Build.cs"));

    private static readonly Lazy<ScriptRunner<object>> FirstCell = new(() => CSharpScript.Create(
        Code + "Library.Verify();",
        ScriptOptions.Default
            .AddReferences(typeof(Enumerable).Assembly, typeof(System.Diagnostics.Process).Assembly)
            .WithImports("System", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks"))
        .CreateDelegate());

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fashion a&b #@数据 ");
    private readonly string folder = Directory.GetCurrentDirectory();
    private readonly TextWriter console = Console.Out;
    private readonly StringWriter printed = new();

    public BuildTests()
    {
        Directory.SetCurrentDirectory(root.CreateSubdirectory("notebooks").FullName);
        Console.SetOut(printed);
        File.WriteAllText("../FashionNotebooks.sln", "");
        Directory.CreateDirectory(Library);
        File.WriteAllText(Library + "Cat.cs", "Tom");
        string project = File.ReadAllText(Repository.LibraryProject);
        IEnumerable<string> targets = new[] { "ListSources", "WriteLoad" }.Select(name =>
            Regex.Match(project, $"<Target Name=\"{name}\".*?</Target>", RegexOptions.Singleline).Value);
        File.WriteAllText(Library + "FashionNotebooks.csproj", $"""
            <Project DefaultTargets="Build">
              <PropertyGroup><OutDir>../bin/Release/</OutDir></PropertyGroup>
              {string.Concat(targets)}
              <Target Name="Restore" />
              <Target Name="BeforeBuild" />
              <Target Name="Build" DependsOnTargets="BeforeBuild">
                <Error File="Broken.cs" Code="CS1002" Text="; expected" Condition="Exists('Broken.cs')" />
                <Copy SourceFiles="Cat.cs" DestinationFolder="$(OutDir)" />
                <WriteLinesToFile File="Cat.cs" Lines="Tim" Overwrite="true" Condition="Exists('obj/edit')" />
              </Target>
            </Project>
            """);
    }

    public void Dispose()
    {
        Console.SetOut(console);
        Directory.SetCurrentDirectory(folder);
        root.Delete(recursive: true);
    }

    [Fact]
    public void The_library_is_compiled_when_its_sources_have_changed_and_not_otherwise()
    {
        File.WriteAllText(Library + "Extra.cs", "");
        Assert.Equal(Compiled, Run());
        Assert.Equal(Ready, Run());

        File.Delete(Library + "Extra.cs");
        Assert.Equal(Compiled, Run());

        File.SetLastWriteTimeUtc(Library + "Cat.cs", DateTime.UtcNow.AddYears(-1)); // as from a backup
        Assert.Equal(Compiled, Run());
    }

    [Fact]
    public void What_is_edited_during_a_compilation_is_compiled_by_the_next()
    {
        Directory.CreateDirectory(Library + "obj/edit");

        Assert.Equal(Compiled, Run());
        Assert.Equal("Tom", File.ReadAllText(Output + "Cat.cs"));
        Assert.Equal(Compiled, Run());
        Assert.Equal("Tim", File.ReadAllText(Output + "Cat.cs").Trim());
    }

    [Fact]
    public void Another_package_of_TorchSharp_is_compiled_for()
    {
        const string Variable = "TorchSharpPackage";
        Run();
        try
        {
            Environment.SetEnvironmentVariable(Variable, "TorchSharp-cuda-linux");
            Assert.Equal(Compiled, Run());
            Assert.Equal(Ready, Run());
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public void A_library_that_was_compiled_from_the_command_line_is_not_compiled_again()
    {
        (int exitCode, string text) = ToolProcess.Run("dotnet", "build", Library, "-c", "Release");

        Assert.True(exitCode == 0, text);
        Assert.Equal(Ready, Run());
    }

    [Fact]
    public void A_kernel_that_holds_the_old_library_has_to_be_restarted()
    {
        Run();
        File.WriteAllText(Library + "Cat.cs", "Tim");

        var exception = Assert.Throws<Exception>(() => Run(isNewKernel: false));
        Assert.Contains("this kernel holds the old one: restart the kernel", exception.Message);
    }

    [Fact]
    public async Task A_notebook_waits_for_another_of_its_clone()
    {
        Directory.CreateDirectory(Output);
        Task<string> run;
        using (new FileStream(Output + "build.lock", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            run = Task.Run(() => Run());
            while (printed.GetStringBuilder().Length == 0 && !run.IsCompleted)
                await Task.Delay(10);
        }

        Assert.StartsWith("Another notebook of this clone is compiling the library: waiting for it.\n", await run);
    }

    [Fact]
    public void In_a_folder_that_cannot_be_written_nothing_is_compiled_unless_it_has_to_be()
    {
        Run();
        File.Delete(Output + "build.lock");
        Directory.CreateDirectory(Output + "build.lock");
        Assert.Equal(Ready, Run());

        File.WriteAllText(Library + "Cat.cs", "Tim");
        var exception = Assert.Throws<Exception>(() => Run());
        Assert.Contains("has to be compiled, and its folder cannot be written: Access to the path", exception.Message);
    }

    /// <summary>In a kernel, which tells nothing of an exception in a file that is imported.</summary>
    [Fact]
    public void What_the_compiler_finds_is_shown_and_the_old_library_is_out_of_reach()
    {
        Run();
        File.WriteAllText(Library + "Broken.cs", "");
        File.WriteAllText("../lib/Build.cs", Code);
        NotebookFiles.Load("1-data-preparation").Save(Path.GetFullPath("small.ipynb"));

        RunnerProcess.Run("small.ipynb", "--output", "..");

        string? error = Notebook.Load(Path.GetFullPath("../small.ipynb")).CodeCells[0].Error;
        Assert.StartsWith("The library does not compile:\n", error);
        Assert.Contains("Broken.cs : error CS1002: ; expected", error);
        Assert.False(File.Exists(Output + "Load.cs"));
    }

    /// <returns>What the first cell prints.</returns>
    private string Run(bool isNewKernel = true)
    {
        if (isNewKernel)
            AppDomain.CurrentDomain.SetData(Path.GetFullPath(Output), null);

        printed.GetStringBuilder().Clear();
        FirstCell.Value().GetAwaiter().GetResult();
        return printed.ToString().ReplaceLineEndings("\n");
    }
}
