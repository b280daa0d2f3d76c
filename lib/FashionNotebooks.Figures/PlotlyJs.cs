using System.Reflection;
using Plotly.NET;

namespace FashionNotebooks;

/// <summary>The plotly.js that Plotly.NET carries.</summary>
internal static class PlotlyJs
{
    public static string Read()
    {
        Assembly plotly = typeof(GenericChart).Assembly;
        string script = plotly.GetManifestResourceNames()
            .Single(name => name.EndsWith(".min.js", StringComparison.Ordinal));
        using var reader = new StreamReader(plotly.GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }
}
