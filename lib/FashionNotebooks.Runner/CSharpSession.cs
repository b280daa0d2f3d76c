using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FashionNotebooks.Runner;

/// <summary>Runs C# cells one after another; each sees what the earlier ones declared.</summary>
/// <param name="folder">The folder from which a relative <c>#r</c> is resolved.</param>
internal sealed class CSharpSession(string folder)
{
    // What .NET Interactive imports for every cell.
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
    ];

    private readonly ScriptOptions options = ScriptOptions.Default
        .WithReferences(FrameworkAssemblies())
        .WithImports(Imports)
        .WithLanguageVersion(Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder));

    private ScriptState<object>? state;

    /// <returns>The value of the cell's last expression, if it has one without a semicolon.</returns>
    /// <exception cref="CompilationErrorException">The code does not compile.</exception>
    public async Task<object?> RunAsync(string code)
    {
        state = state is null ? await CSharpScript.RunAsync(code, options) : await state.ContinueWithAsync(code, options);
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
