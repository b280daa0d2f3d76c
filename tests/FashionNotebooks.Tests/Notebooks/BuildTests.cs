using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.FirstCell;

namespace FashionNotebooks.Tests;

/// <summary>What the first cell of each notebook does, which compiles the library.</summary>
[Trait("Category", "Slow")]
public sealed class BuildTests : IDisposable
{
    private const string Ready = "The library is ready.\n";
    private const string Compiled =
        "Compiling the library: 15 to 20 seconds, longer if packages must be downloaded.\n" + Ready;

    private readonly FirstCell cell = new();

    public void Dispose() => cell.Dispose();

    [Fact]
    public void The_library_is_compiled_when_its_sources_have_changed_and_not_otherwise()
    {
        File.WriteAllText(Library + "Extra.cs", "");
        Assert.Equal(Compiled, cell.Run());
        Assert.Equal(Ready, cell.Run());

        File.Delete(Library + "Extra.cs");
        Assert.Equal(Compiled, cell.Run());

        File.SetLastWriteTimeUtc(Library + "Cat.cs", DateTime.UtcNow.AddYears(-1)); // as from a backup
        Assert.Equal(Compiled, cell.Run());
    }

    [Fact]
    public void What_is_edited_during_a_compilation_is_compiled_by_the_next()
    {
        Directory.CreateDirectory(Library + "obj/edit");

        Assert.Equal(Compiled, cell.Run());
        Assert.Equal("Tom", File.ReadAllText(Output + "Cat.cs"));
        Assert.Equal(Compiled, cell.Run());
        Assert.Equal("Tim", File.ReadAllText(Output + "Cat.cs").Trim());
    }

    [Fact]
    public void Another_package_of_TorchSharp_is_compiled_for()
    {
        const string Variable = "TorchSharpPackage";
        cell.Run();
        try
        {
            Environment.SetEnvironmentVariable(Variable, "TorchSharp-cuda-linux");
            Assert.Equal(Compiled, cell.Run());
            Assert.Equal(Ready, cell.Run());
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
        Assert.Equal(Ready, cell.Run());
    }

    [Theory]
    [InlineData("notebooks", "notebooks/zh")]
    [InlineData("notebooks/zh", "notebooks/zh")]
    [InlineData(".", "notebooks/zh")]
    [InlineData(".", null)]
    public void Paths_begin_in_the_folder_of_the_notebook_however_often_its_first_cell_runs(
        string start, string? folder)
    {
        string root = Path.GetFullPath("..");
        Directory.CreateDirectory("zh");
        Directory.SetCurrentDirectory(Path.Combine(root, start));

        for (int run = 0; run < 2; run++)
        {
            Assert.EndsWith(Ready, cell.Run(folder: folder));
            Assert.Equal(Path.GetFullPath(Path.Combine(root, folder ?? "notebooks")), Directory.GetCurrentDirectory());
        }
    }

    [Fact]
    public void A_kernel_that_holds_the_old_library_has_to_be_restarted()
    {
        cell.Run();
        File.WriteAllText(Library + "Cat.cs", "Tim");

        var exception = Assert.Throws<Exception>(() => cell.Run(isNewKernel: false));
        Assert.Contains("this kernel holds the old one: restart the kernel", exception.Message);
    }

    [Fact]
    public async Task A_notebook_waits_for_another_of_its_clone()
    {
        Directory.CreateDirectory(Output);
        Task<string> run;
        using (new FileStream(Output + "build.lock", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            run = Task.Run(() => cell.Run());
            while (!cell.HasPrinted && !run.IsCompleted)
                await Task.Delay(10);
        }

        Assert.StartsWith("Another notebook of this clone is compiling the library: waiting for it.\n", await run);
    }

    [Fact]
    public void In_a_folder_that_cannot_be_written_nothing_is_compiled_unless_it_has_to_be()
    {
        cell.Run();
        File.Delete(Output + "build.lock");
        Directory.CreateDirectory(Output + "build.lock");
        Assert.Equal(Ready, cell.Run());

        File.WriteAllText(Library + "Cat.cs", "Tim");
        var exception = Assert.Throws<Exception>(() => cell.Run());
        Assert.Contains("has to be compiled, and its folder cannot be written: Access to the path", exception.Message);
    }

    /// <summary>In a kernel, which tells nothing of an exception in a file that is imported.</summary>
    [Fact]
    public void What_the_compiler_finds_is_shown_and_the_old_library_is_out_of_reach()
    {
        cell.Run();
        File.WriteAllText(Library + "Broken.cs", "");
        File.WriteAllText("../lib/Build.cs", Code);
        NotebookFiles.Load("1-data-preparation").Save(Path.GetFullPath("small.ipynb"));

        RunnerProcess.Run("small.ipynb", "--output", "..");

        string? error = Notebook.Load(Path.GetFullPath("../small.ipynb")).CodeCells[1].Error;
        Assert.StartsWith("The library does not compile:\n", error);
        Assert.Contains("Broken.cs : error CS1002: ; expected", error);
        Assert.False(File.Exists(Output + "Load.cs"));
    }
}
