using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Plotly.NET.Interactive;

namespace FashionNotebooks.Runner;

/// <summary>Charts of Plotly.NET at a cell's end.</summary>
internal static class PlotlyCharts
{
    /// <summary>The MIME type of a chart as plotly.js takes it: the library's figures have it too.</summary>
    public const string MimeType = "application/vnd.plotly.v1+json";

    /// <summary>Lets Plotly.NET.Interactive show them; what they say as text and as JSON is ours.</summary>
    public static async Task RegisterAsync(Kernel kernel)
    {
        IKernelExtension charts = new FormatterKernelExtension();
        await charts.OnLoadAsync(kernel);
        Formatter.Register<GenericChart>(_ => "A chart of Plotly.NET.", PlainTextFormatter.MimeType);
        Formatter.Register<GenericChart>(GenericChart.toJson, MimeType);
        Formatter.SetPreferredMimeTypesFor(
            typeof(GenericChart), HtmlFormatter.MimeType, PlainTextFormatter.MimeType, MimeType);
    }

    /// <summary>The plotly.js that Plotly.NET carries.</summary>
    public static string ReadScript()
    {
        System.Reflection.Assembly plotly = typeof(GenericChart).Assembly;
        string script = plotly.GetManifestResourceNames()
            .Single(name => name.EndsWith(".min.js", StringComparison.Ordinal));
        using var reader = new StreamReader(plotly.GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }
}
