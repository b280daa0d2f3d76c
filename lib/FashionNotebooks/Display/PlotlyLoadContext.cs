using System.Reflection;
using System.Runtime.Loader;

namespace FashionNotebooks;

/// <summary>
/// Loads FashionNotebooks.Figures and keeps it, Plotly.NET and what that depends on apart from the notebook's host: the
/// last .NET Interactive kernel carries an FSharp.Core that is too old for Plotly.NET 6.
/// </summary>
internal sealed class PlotlyLoadContext(string assemblyPath) : AssemblyLoadContext("Plotly.NET")
{
    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);

    /// <summary>What draws with Plotly.NET, loaded anew.</summary>
    /// <exception cref="FileNotFoundException">The folder figures is not beside this library.</exception>
    public static IFigures LoadFigures()
    {
        string folder = Path.GetDirectoryName(typeof(PlotlyLoadContext).Assembly.Location)!;
        string path = Path.Combine(folder, "figures", "FashionNotebooks.Figures.dll");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"Figures need {path}. Run the notebook's first cell, or dotnet build lib/FashionNotebooks -c Release, "
                + "and copy the folder figures wherever FashionNotebooks.dll goes.", path);
        }

        Assembly assembly = new PlotlyLoadContext(path).LoadFromAssemblyPath(path);
        Type figures = assembly.GetTypes().Single(type => type.IsAssignableTo(typeof(IFigures)));
        return (IFigures)Activator.CreateInstance(figures)!;
    }

    // The contract is shared: loaded twice, its types would be two.
    protected override Assembly? Load(AssemblyName name) =>
        name.Name == typeof(IFigures).Assembly.GetName().Name ? typeof(IFigures).Assembly
        : resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path)
        : null;
}
