using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FashionNotebooks.Tests;

/// <summary>
/// The first cell of the notebooks, in a clone of its own where to compile is to copy <c>Cat.cs</c>. The clone's folder
/// of notebooks is the current one.
/// </summary>
internal sealed class FirstCell : IDisposable
{
    public const string Library = "../lib/FashionNotebooks/";
    public const string Output = "../lib/bin/Release/";

    public static readonly string Code = File.ReadAllText(Path.Combine(Repository.Root, "lib", "Build.cs"));

    private static readonly Lazy<ScriptRunner<object>> Script = new(() => CSharpScript.Create(
        Code + $"Library.Verify(AppDomain.CurrentDomain.GetData(\"{nameof(FirstCell)}\") as string ?? \"notebooks\");",
        ScriptOptions.Default
            .AddReferences(typeof(Enumerable).Assembly, typeof(System.Diagnostics.Process).Assembly)
            .WithImports("System", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks"))
        .CreateDelegate());

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fashion a&b #@数据 ");
    private readonly string folder = Directory.GetCurrentDirectory();
    private readonly CapturedConsole printed = new();

    /// <summary>Whether the cell that runs has printed something.</summary>
    public bool HasPrinted => printed.Text != "";

    public FirstCell()
    {
        Directory.SetCurrentDirectory(root.CreateSubdirectory("notebooks").FullName);
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
        printed.Dispose();
        Directory.SetCurrentDirectory(folder);
        root.Delete(recursive: true);
    }

    /// <param name="isNewKernel">Whether this kernel holds no library yet.</param>
    /// <param name="folder">The notebook's folder, if it says so.</param>
    /// <returns>What the first cell prints.</returns>
    public string Run(bool isNewKernel = true, string? folder = null)
    {
        AppDomain.CurrentDomain.SetData(nameof(FirstCell), folder);
        string output = Path.Combine(root.FullName, "lib", "bin", "Release") + Path.DirectorySeparatorChar;
        if (isNewKernel)
            AppDomain.CurrentDomain.SetData(output, null);

        printed.Clear();
        Script.Value().GetAwaiter().GetResult();
        return printed.Text;
    }
}
