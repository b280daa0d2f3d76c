using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FashionNotebooks.Runner;

/// <summary>
/// Runs C# cells one after another; each sees what the earlier ones declared. A relative <c>#r</c> is resolved from
/// the current directory.
/// </summary>
internal sealed class CSharpSession
{
    // What .NET Interactive imports for every cell.
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks",
        "System.Linq",
    ];

    private readonly ScriptOptions options = ScriptOptions.Default
        .WithReferences(FrameworkAssemblies())
        .WithImports(Imports)
        .WithLanguageVersion(Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest)
        .WithOptimizationLevel(OptimizationLevel.Release);

    private ScriptState<object>? state;

    /// <returns>The value of the cell's last expression, if it has one without a semicolon.</returns>
    /// <exception cref="CompilationErrorException">The code does not compile.</exception>
    public async Task<object?> RunAsync(string code)
    {
        ScriptOptions here = options.WithMetadataResolver(
            ScriptMetadataResolver.Default.WithBaseDirectory(Directory.GetCurrentDirectory()));
        state = state is null ? await CSharpScript.RunAsync(code, here) : await state.ContinueWithAsync(code, here);
        return state.ReturnValue;
    }

    private static IEnumerable<MetadataReference> FrameworkAssemblies()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
