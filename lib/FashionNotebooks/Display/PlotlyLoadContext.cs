using System.Reflection;
using System.Runtime.Loader;

namespace FashionNotebooks;

/// <summary>
/// Draws with FashionNotebooks.Figures and keeps it, Plotly.NET and what that depends on apart from the notebook's
/// host: the last .NET Interactive kernel carries an FSharp.Core that is too old for Plotly.NET 6.
/// </summary>
internal sealed class PlotlyLoadContext(string assemblyPath) : AssemblyLoadContext("Plotly.NET")
{
    private static readonly Lazy<Assembly> Library = new(LoadFigures, LazyThreadSafetyMode.PublicationOnly);

    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);

    /// <summary>Calls a static method of FashionNotebooks.Figures with types that both share: .NET's own.</summary>
    /// <exception cref="FileNotFoundException">The folder figures is not beside this library.</exception>
    public static string Call(string type, string method, params object[] arguments) =>
        (string)Library.Value.GetType($"{nameof(FashionNotebooks)}.{type}", throwOnError: true)!
            .GetMethod(method)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;

    protected override Assembly? Load(AssemblyName name) =>
        resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;

    private static Assembly LoadFigures()
    {
        string folder = Path.GetDirectoryName(typeof(PlotlyLoadContext).Assembly.Location)!;
        string path = Path.Combine(folder, "figures", "FashionNotebooks.Figures.dll");
        if (File.Exists(path))
            return new PlotlyLoadContext(path).LoadFromAssemblyPath(path);

        throw new FileNotFoundException(
            $"Figures need {path}. Run the notebook's first cell, or dotnet build lib/FashionNotebooks -c Release, "
            + "and copy the folder figures wherever FashionNotebooks.dll goes.", path);
    }
}
