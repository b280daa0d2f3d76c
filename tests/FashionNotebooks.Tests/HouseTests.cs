using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FashionNotebooks.Tests;

/// <summary>The code can be read: short files and methods, and folders of which none knows one above it.</summary>
public class HouseTests
{
    private const int LongestFile = 150;
    private const int LongestMethod = 50;

    // From below, those that do not know each other together. A new folder of the library has to take its place here.
    private static readonly string[][] Floors =
        [["Common"], ["Runtime"], ["Data"], ["Models"], ["Training", "Evaluation"], ["Display"]];

    [Fact]
    public void No_line_of_code_is_longer_than_editorconfig_allows()
    {
        string config = File.ReadAllText(Path.Combine(Repository.Root, ".editorconfig"));
        int longest = int.Parse(Regex.Match(config, @"max_line_length = (\d+)").Groups[1].Value);

        AssertNone(
            from file in CodeFiles()
            from line in File.ReadLines(file).Index()
            where line.Item.Length > longest
            select $"{Name(file)}, line {line.Index + 1}");
    }

    [Fact]
    public void No_file_is_longer_than_a_reader_likes() => AssertNone(
        from file in CodeFiles()
        let lines = File.ReadLines(file).Count()
        where lines > LongestFile
        select $"{Name(file)}: {lines} lines, expected {LongestFile} at the most");

    [Fact]
    public void No_method_is_longer_than_a_screen() => AssertNone(
        from file in CodeFiles()
        from node in Parse(file).GetRoot().DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let span = node.GetLocation().GetLineSpan()
        let first = span.StartLinePosition.Line + 1
        let lines = span.EndLinePosition.Line + 2 - first
        where lines > LongestMethod
        select $"{Name(file)}, line {first}: {lines} lines, expected {LongestMethod} at the most");

    [Fact]
    public void No_folder_of_the_library_uses_one_above_it()
    {
        CSharpCompilation library = CompileLibrary();

        AssertNone(
            from tree in library.SyntaxTrees
            where !tree.FilePath.EndsWith(".g.cs")
            let model = library.GetSemanticModel(tree)
            from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            let symbol = model.GetSymbolInfo(name).Symbol
            let type = symbol as INamedTypeSymbol ?? symbol?.ContainingType
            from declaration in type?.DeclaringSyntaxReferences ?? []
            let other = declaration.SyntaxTree
            where Folder(tree) != Folder(other) && Floor(other) >= Floor(tree)
            group name by $"{Folder(tree)}/{Path.GetFileName(tree.FilePath)} uses {type!.Name} of {Folder(other)}"
            into use
            select use.Key);
    }

    // As the compiler sees it, so that each name is known for what it stands for.
    private static CSharpCompilation CompileLibrary()
    {
        string folder = Path.GetDirectoryName(Repository.LibraryProject)! + Path.DirectorySeparatorChar;
        string globalUsings =
            Directory.GetFiles(folder, "FashionNotebooks.GlobalUsings.g.cs", SearchOption.AllDirectories)[0];
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var library = CSharpCompilation.Create(
            "FashionNotebooks",
            CodeFiles().Where(file => file.StartsWith(folder)).Append(globalUsings).Select(Parse),
            assemblies.Where(path => Path.GetFileName(path) != "FashionNotebooks.dll")
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        AssertNone(
            from diagnostic in library.GetDiagnostics()
            where diagnostic.Severity == DiagnosticSeverity.Error
            select $"{diagnostic}");
        return library;
    }

    private static void AssertNone(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join('\n', found));

    private static string Name(string file) => Path.GetRelativePath(Repository.Root, file);

    private static SyntaxTree Parse(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file);

    private static string Folder(SyntaxTree tree) => Path.GetFileName(Path.GetDirectoryName(tree.FilePath))!;

    private static int Floor(SyntaxTree tree) => Array.FindIndex(Floors, floor => floor.Contains(Folder(tree)));

    private static IEnumerable<string> CodeFiles() =>
        from folder in new[] { "lib", "tests" }
        from file in Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        where !Regex.IsMatch(file, @"[/\\](bin|obj)[/\\]")
        select file;
}
