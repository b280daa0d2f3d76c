using System.Reactive.Disposables;
using System.Reflection;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;
using Microsoft.DotNet.Interactive.Utility;
using Plotly.NET;
using Plotly.NET.Interactive;

namespace FashionNotebooks.Runner;

/// <summary>.NET Interactive's C# kernel, set up as the editor sets it up; charts of Plotly.NET are shown by
/// Plotly.NET.Interactive. Relative paths in a cell begin in the current directory.</summary>
internal sealed partial class NotebookKernel(CompositeKernel kernel) : IDisposable
{
    // The kernel's own display(..) returns another value than the one shown, whose updates nobody could place.
    private const string Display = """
        using Microsoft.DotNet.Interactive.Formatting;
        static DisplayedValue Display(this object value, params string[] mimeTypes)
        {
            var shown = new DisplayedValue(value, [.. mimeTypes.Select(type => new FormattedValue(type, ""))]);
            shown.Update(value);
            return shown;
        }

        static DisplayedValue display(object value, params string[] mimeTypes) => value.Display(mimeTypes);
        """;

    private CellOutputs? outputs;

    public static async Task<NotebookKernel> StartAsync()
    {
        CSharpKernel csharp = new CSharpKernel()
            .UseKernelHelpers().UseWho().UseValueSharing().UseNugetDirective(AddPackagesAsync);
        csharp.DeferCommand(new SubmitCode(Display));
        var composite = new CompositeKernel { csharp };
        composite.DefaultKernelName = csharp.Name;
        composite.UseImportMagicCommand();
        composite.AddMiddleware((command, context, next) => command is ImportDocument { FilePath: var path }
            ? ImportAsync(composite, path) : next(command, context));
        IKernelExtension charts = new FormatterKernelExtension();
        await charts.OnLoadAsync(composite);

        // The package shows a chart as HTML only.
        string[] types = [HtmlFormatter.MimeType, PlainTextFormatter.MimeType, FigurePictures.PlotlyType];
        Formatter.Register<GenericChart>(_ => "A chart of Plotly.NET.", PlainTextFormatter.MimeType);
        Formatter.Register<GenericChart>(GenericChart.toJson, FigurePictures.PlotlyType);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), types);
        var kernel = new NotebookKernel(composite);
        composite.RegisterForDisposal(composite.KernelEvents.Subscribe(kernel.Receive));
        composite.RegisterForDisposal(Formatter.SubscribeToDisplayedValues(kernel.ReceiveLate));
        composite.RegisterCommandHandler<RequestInput>((_, _) => kernel.RefuseInput());
        composite.RegisterCommandHandler<RequestInputs>((_, _) => kernel.RefuseInput());

        // The kernel hears only what is printed before a cell ends. While it listens, it leaves the console to others.
        composite.RegisterForDisposal(ConsoleOutput.Subscribe(_ => Disposable.Empty));
        return kernel;
    }

    /// <summary>Runs C#. What is printed and shown until the next call goes to the outputs, whichever thread or cell
    /// it comes from.</summary>
    /// <exception cref="OperationCanceledException">The cell was given up.</exception>
    public async Task RunAsync(string code, CellOutputs outputs, CancellationToken stop)
    {
        this.outputs = outputs;
        Console.SetOut(CreateWriter("stdout"));
        Console.SetError(CreateWriter("stderr"));
        await kernel.SendAsync(new SubmitCode(code), stop);
    }

    public void Dispose() => kernel.Dispose();

    private ObservableStringWriter CreateWriter(string stream)
    {
        var writer = new ObservableStringWriter();
        writer.Subscribe(text => outputs!.Print(stream, text));
        return writer;
    }

    /// <summary>Runs the cells of another notebook, or a file of C#. The kernel's own command runs no cell of a notebook
    /// that Jupyter has saved, and is silent about errors.</summary>
    private static async Task ImportAsync(Kernel kernel, string path)
    {
        IEnumerable<KernelCommand> commands = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".cs" or ".csx" => [new SubmitCode(File.ReadAllText(path))],
            ".ipynb" => Notebook.LoadToRun(path).CodeCells.Select(cell => new SubmitCode(cell.Source)),
            _ => throw new RunnerException($"{path}: Only files that end in .ipynb, .cs or .csx can be imported."),
        };
        foreach (KernelCommand command in commands)
        {
            KernelCommandResult result = await kernel.SendAsync(command);
            if (result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
                throw new RunnerException($"{path}: {failed.Exception?.Message ?? failed.Message}");
        }
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

    private Task RefuseInput()
    {
        outputs?.Fail(nameof(InvalidOperationException), NoInput.Reason, "");
        return Task.CompletedTask;
    }

    /// <summary>Hears what a task shows when its cell has ended: the kernel drops it.</summary>
    private void ReceiveLate(DisplayedValue shown)
    {
        if (KernelInvocationContext.Current is { IsComplete: true, Command: var command })
            Receive(new DisplayedValueProduced(shown.Value, command, shown.FormattedValues, shown.DisplayId));
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
            case ErrorProduced error:
                outputs.Print("stderr", error.Message + "\n");
                break;
            case DisplayEvent shown:
                outputs.Show(FindForms(shown), shown is ReturnValueProduced, shown.ValueId);
                break;
            case CommandFailed { Exception: { } e } when e is not CodeSubmissionCompilationErrorException:
                outputs.Fail(e.GetType().Name, WithoutCpp(e.Message), WithoutCpp($"{e}"));
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

    // Errors of libtorch bring the stack of its C++ along.
    private static string WithoutCpp(string message) => CppStack().Replace(message, "");

    [GeneratedRegex(@"\s*Exception raised from .*?(?=\n   at |\z)", RegexOptions.Singleline)]
    private static partial Regex CppStack();
}
