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

/// <summary>.NET Interactive's C# kernel, set up as the editor sets it up; charts of Plotly.NET are shown by
/// Plotly.NET.Interactive. Relative paths in a cell begin in the current directory.</summary>
internal sealed class NotebookKernel(CompositeKernel kernel) : IDisposable
{
    private CellOutputs? outputs;

    public static async Task<NotebookKernel> StartAsync()
    {
        CSharpKernel csharp = new CSharpKernel()
            .UseKernelHelpers().UseWho().UseValueSharing().UseNugetDirective(AddPackagesAsync);
        var composite = new CompositeKernel { csharp };
        composite.DefaultKernelName = csharp.Name;
        composite.UseImportMagicCommand();
        IKernelExtension charts = new FormatterKernelExtension();
        await charts.OnLoadAsync(composite);

        // The package shows a chart as HTML only.
        string[] types = [HtmlFormatter.MimeType, PlainTextFormatter.MimeType, FigurePictures.PlotlyType];
        Formatter.Register<GenericChart>(_ => "A chart of Plotly.NET.", PlainTextFormatter.MimeType);
        Formatter.Register<GenericChart>(GenericChart.toJson, FigurePictures.PlotlyType);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), types);
        var kernel = new NotebookKernel(composite);
        composite.RegisterForDisposal(composite.KernelEvents.Subscribe(kernel.Receive));
        return kernel;
    }

    /// <exception cref="OperationCanceledException">The cell was given up.</exception>
    public async Task RunAsync(string code, string? language, CellOutputs outputs, CancellationToken stop)
    {
        this.outputs = outputs;
        await kernel.SendAsync(new SubmitCode(code, language), stop);
    }

    public void Dispose() => kernel.Dispose();

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

    private void Receive(KernelEvent received)
    {
        try
        {
            if (outputs is not null)
                Record(received, outputs);
        }
        catch (Exception e)
        {
            // The kernel would drop the exception, and the cell would seem to show nothing.
            outputs?.Fail(e.GetType().Name, $"The value cannot be shown: {e.Message}", e.ToString());
        }
    }

    private static void Record(KernelEvent received, CellOutputs outputs)
    {
        switch (received)
        {
            case StandardOutputValueProduced printed:
                outputs.Print("stdout", printed.FormattedValues.Single().Value);
                break;
            case StandardErrorValueProduced printed:
                outputs.Print("stderr", printed.FormattedValues.Single().Value);
                break;
            case ErrorProduced error:
                outputs.Print("stderr", error.Message + "\n");
                break;
            case DisplayedValueUpdated updated:
                outputs.Update(updated.ValueId, FindForms(updated));
                break;
            case DisplayEvent shown:
                outputs.Show(FindForms(shown), shown is ReturnValueProduced, shown.ValueId);
                break;
            case CommandFailed { Exception: { } e } when e is not CodeSubmissionCompilationErrorException:
                outputs.Fail(e.GetType().Name, e.Message, e.ToString());
                break;
            case CommandFailed failed:
                outputs.Fail("CompilationError", failed.Message, "");
                break;
        }
    }

    /// <summary>The value in the forms that the kernel gives, by MIME type, and always as text.</summary>
    private static Dictionary<string, string> FindForms(DisplayEvent shown)
    {
        var forms = shown.FormattedValues.ToDictionary(value => value.MimeType, value => value.Value);
        if (!forms.ContainsKey(PlainTextFormatter.MimeType))
            forms[PlainTextFormatter.MimeType] = shown.Value.ToDisplayString(PlainTextFormatter.MimeType);

        return forms;
    }
}
