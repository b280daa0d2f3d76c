using System.Reflection;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;
using Plotly.NET;
using Plotly.NET.Interactive;

namespace FashionNotebooks.Runner;

/// <summary>Sets up .NET Interactive's C# kernel as the editor does; charts of Plotly.NET are shown by
/// Plotly.NET.Interactive.</summary>
internal static class KernelSetup
{
    // The kernel's own functions return another value than the one shown, whose updates have no place.
    private const string Display = """
        using Microsoft.DotNet.Interactive.Formatting;
        static DisplayedValue display(object value, params string[] mimeTypes)
        {
            var shown = new DisplayedValue(value, [.. mimeTypes.Select(type => new FormattedValue(type, ""))]);
            shown.Update(value);
            return shown;
        }

        static DisplayedValue Display(this object value, params string[] mimeTypes) => display(value, mimeTypes);
        """;

    public static async Task<CompositeKernel> CreateAsync()
    {
        CSharpKernel csharp = new CSharpKernel()
            .UseKernelHelpers().UseWho().UseValueSharing().UseNugetDirective(AddPackagesAsync);
        csharp.DeferCommand(new SubmitCode(Display));
        var kernel = new CompositeKernel { DefaultKernelName = csharp.Name };
        kernel.Add(csharp, ["c#", "C#"]);
        kernel.UseImportMagicCommand();
        kernel.AddMiddleware((command, context, next) =>
            command is ImportDocument { FilePath: var path } ? ImportAsync(kernel, path) : next(command, context));
        IKernelExtension charts = new FormatterKernelExtension();
        await charts.OnLoadAsync(kernel);

        // The package shows a chart as HTML only.
        string[] types = [HtmlFormatter.MimeType, PlainTextFormatter.MimeType, FigurePictures.PlotlyType];
        Formatter.Register<GenericChart>(_ => "A chart of Plotly.NET.", PlainTextFormatter.MimeType);
        Formatter.Register<GenericChart>(GenericChart.toJson, FigurePictures.PlotlyType);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), types);
        return kernel;
    }

    /// <summary>References packages, and loads what they bring along to show their values.</summary>
    private static async Task AddPackagesAsync(CSharpKernel kernel, IReadOnlyList<ResolvedPackageReference> packages)
    {
        kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
        IEnumerable<Type> extensions =
            from package in packages
            let folder = Path.Combine(package.PackageRoot, "interactive-extensions", "dotnet")
            where Directory.Exists(folder)
            from path in Directory.GetFiles(folder, "*.dll")
            from type in Assembly.LoadFrom(path).ExportedTypes
            where typeof(IKernelExtension).IsAssignableFrom(type) && !type.IsAbstract
            select type;
        foreach (Type extension in extensions)
            await ((IKernelExtension)Activator.CreateInstance(extension)!).OnLoadAsync(kernel);
    }

    /// <summary>Runs a file of C#, or the cells of another notebook. The kernel's own command runs none of a notebook
    /// that Jupyter has saved, and is silent about errors.</summary>
    private static async Task ImportAsync(Kernel kernel, string path)
    {
        IEnumerable<string> codes = Path.GetExtension(path) is ".cs" or ".csx" ? [File.ReadAllText(path)]
            : Notebook.LoadToRun(path).CodeCells.Select(cell => cell.Source);
        foreach (string code in codes)
        {
            KernelCommandResult result = await kernel.SendAsync(new SubmitCode(code));
            if (result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
                throw new RunnerException($"{path}: {failed.Exception?.Message ?? failed.Message}");
        }
    }
}
