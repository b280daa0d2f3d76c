using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>
/// The first cell of each notebook, which compiles the library, in a clone whose library is a single small class.
/// </summary>
[Trait("Category", "Slow")]
public sealed class BuildTests : IDisposable
{
    private const string Use = "#!import ../lib/bin/Release/Load.cs\nConsole.WriteLine(Cat.Name);";

    private static readonly string FirstCell = NotebookFiles.Load("1-data-preparation").CodeCells[0].Source;

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fashion a&b #@数据 ");

    private readonly DirectoryInfo output = Directory.CreateTempSubdirectory("fashion-executed-");

    private string Library => Path.Combine(root.FullName, "lib", "FashionNotebooks");

    public BuildTests()
    {
        root.CreateSubdirectory("notebooks");
        Directory.CreateDirectory(Library);
        File.WriteAllText(Path.Combine(root.FullName, "FashionNotebooks.sln"), "");
        File.Copy(Path.Combine(Repository.Root, "lib", "Build.cs"), Path.Combine(root.FullName, "lib", "Build.cs"));
        string project = File.ReadAllText(Repository.LibraryProject);
        string load = Regex.Match(project, @"<Target Name=""WriteLoad"".*?</Target>", RegexOptions.Singleline).Value;
        Assert.NotEmpty(load);
        File.WriteAllText(Path.Combine(Library, "FashionNotebooks.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputPath>../bin/$(Configuration)/</OutputPath>
                <AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath>
              </PropertyGroup>
              {load}
            </Project>
            """);
        WriteCat("Tom");
    }

    public void Dispose()
    {
        root.Delete(recursive: true);
        output.Delete(recursive: true);
    }

    [Fact]
    public void The_library_is_compiled_when_it_has_changed_and_not_otherwise()
    {
        string extra = Path.Combine(Library, "Extra.cs");

        // Another clone's compilation is no reason to wait; once, this lock was the whole machine's.
        using var otherClone = new Mutex(initiallyOwned: true, @"Global\FashionNotebooks.Build");

        string text = Run(
            FirstCell, FirstCell,
            Write(extra, "class Extra;"), FirstCell, FirstCell,
            $"System.IO.File.Delete(@\"{extra}\");", FirstCell, FirstCell,
            Write(Path.Combine(Library, "Cat.cs"), "class Cat : Nothing;"), FirstCell);

        const string Ready = "The library is ready.";
        const string Broken = "Compiling.The library does not compile:";
        Assert.StartsWith($"Compiling.{Ready}{Ready}Compiling.{Ready}{Ready}Compiling.{Ready}{Ready}{Broken}", text);
        Assert.Contains("Cat.cs(1,13): error CS0246: The type or namespace name 'Nothing'", text);
    }

    [Fact]
    public void A_kernel_that_holds_the_old_library_has_to_be_restarted()
    {
        string text = Run(FirstCell, Use, Write(Path.Combine(Library, "Cat.cs"), "class Dog;"), FirstCell);

        Assert.Contains("The library has changed, and this kernel holds the old one: restart the kernel.", text);
    }

    [Fact]
    public void A_notebook_waits_for_another_of_its_clone_and_finds_dotnet_where_it_is_not_on_the_path()
    {
        Directory.CreateDirectory(Path.Combine(root.FullName, "lib", "bin"));
        string path = Path.Combine(root.FullName, "lib", "bin", "build.lock");
        string[] arguments = [RunnerProcess.Program, WriteNotebook(FirstCell), "--output", output.FullName];
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        var start = new ProcessStartInfo(dotnet, arguments) { RedirectStandardOutput = true };
        start.Environment["PATH"] = "";
        start.Environment.Remove("DOTNET_ROOT");
        start.Environment.Remove("DOTNET_HOST_PATH");
        Process run;
        using (new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            run = Process.Start(start)!;
            while (run.StandardOutput.ReadLine() is { } line && !line.EndsWith("waiting for it."))
            {
            }
        }

        run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        Assert.Equal(
            "Another notebook of this clone is compiling the library: waiting for it.Compiling.The library is ready.",
            ReadExecuted());
    }

    [Fact]
    public void In_a_folder_that_cannot_be_written_nothing_is_compiled_unless_it_has_to_be()
    {
        const string Mount = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"";
        string[] readOnly = ["unshare", "-rm", "sh", "-c", Mount, root.FullName];
        Assert.SkipUnless(ToolProcess.CanRun(readOnly[0], [.. readOnly[1..], "true"]), "Needs unshare and mount.");
        (int exitCode, string built) = ToolProcess.Run("dotnet", "build", Library, "-c", "Release");
        Assert.True(exitCode == 0, built);

        Assert.Equal("The library is ready.Tom", Start(readOnly, FirstCell, Use));

        WriteCat("Tim");
        string text = Start(readOnly, FirstCell);
        Assert.Contains("The library has to be compiled, and its folder cannot be written: ", text);
        Assert.Contains("Read-only file system", text);
    }

    // A cell that writes a file, for what changes while a kernel runs.
    private static string Write(string path, string content) =>
        $"System.IO.File.WriteAllText(@\"{path}\", \"{content}\");";

    private void WriteCat(string name) => File.WriteAllText(
        Path.Combine(Library, "Cat.cs"), $"public class Cat {{ public static string Name = \"{name}\"; }}");

    private string Run(params string[] cells) => Start([], cells);

    /// <returns>What the cells print, and the errors.</returns>
    private string Start(string[] prefix, params string[] cells)
    {
        string[] run = ["dotnet", RunnerProcess.Program, WriteNotebook(cells), "--output", output.FullName];
        string[] command = [.. prefix, .. run];
        (_, string text) = ToolProcess.Run(command[0], command[1..]);
        Assert.True(output.GetFiles().Length > 0, text);
        return ReadExecuted();
    }

    private string WriteNotebook(params string[] cells)
    {
        string path = Path.Combine(root.FullName, "notebooks", "small.ipynb");
        File.WriteAllText(path, TemporaryNotebooks.CreateNotebook(
            [.. cells.Select((cell, index) => TemporaryNotebooks.CreateCode($"c{index}", cell))]).ToJsonString());
        return path;
    }

    private string ReadExecuted()
    {
        Notebook executed = Notebook.Load(Path.Combine(output.FullName, "small.ipynb"));
        return string.Concat(executed.CodeCells.Select(cell => cell.Text + cell.Error))
            .Replace("Compiling the library; the first time takes half a minute.", "Compiling.")
            .Replace("\n", "");
    }
}
