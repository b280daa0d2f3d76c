using System.Reflection;
using System.Runtime.Loader;

namespace FashionNotebooks;

/// <summary>
/// Keeps Plotly.NET and what it depends on apart from the notebook's host: the last .NET Interactive kernel carries
/// an FSharp.Core that is too old for Plotly.NET 6.
/// </summary>
internal sealed class PlotlyLoadContext : AssemblyLoadContext
{
    private static readonly Lazy<IPlotlyCharts> LazyCharts = new(LoadCharts, LazyThreadSafetyMode.PublicationOnly);

    private readonly AssemblyDependencyResolver resolver;

    private PlotlyLoadContext(string assemblyPath)
        : base("Plotly.NET") => resolver = new AssemblyDependencyResolver(assemblyPath);

    /// <summary>The charts, loaded at first use.</summary>
    /// <exception cref="FileNotFoundException">FashionNotebooks.Figures.dll is not beside this library.</exception>
    public static IPlotlyCharts Charts => LazyCharts.Value;

    protected override Assembly? Load(AssemblyName name)
    {
        // The interface must be the same type on both sides.
        Assembly contract = typeof(IPlotlyCharts).Assembly;
        if (name.Name == contract.GetName().Name)
            return contract;

        return resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    private static IPlotlyCharts LoadCharts()
    {
        string folder = Path.GetDirectoryName(typeof(IPlotlyCharts).Assembly.Location)!;
        string path = Path.Combine(folder, "FashionNotebooks.Figures.dll");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"Figures need {path}, which is not there. Run the notebook's first cell, or: dotnet build lib/FashionNotebooks.Figures -c Release", path);
        }

        Assembly figures = new PlotlyLoadContext(path).LoadFromAssemblyPath(path);
        return (IPlotlyCharts)Activator.CreateInstance(figures.GetType("FashionNotebooks.PlotlyCharts", throwOnError: true)!)!;
    }
}
