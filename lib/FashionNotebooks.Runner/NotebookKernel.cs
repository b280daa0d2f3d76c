using System.Reactive.Disposables;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Utility;

namespace FashionNotebooks.Runner;

/// <summary>Runs cells in .NET Interactive's kernel. Relative paths in them begin in the current directory.</summary>
internal sealed partial class NotebookKernel(CompositeKernel kernel) : IDisposable
{
    private CellOutputs? outputs;

    public static async Task<NotebookKernel> StartAsync()
    {
        CompositeKernel composite = await KernelSetup.CreateAsync();
        var kernel = new NotebookKernel(composite);
        composite.RegisterForDisposal(composite.KernelEvents.Subscribe(kernel.Receive));
        composite.RegisterForDisposal(Formatter.SubscribeToDisplayedValues(kernel.ReceiveLate));
        composite.RegisterCommandHandler<RequestInput>((_, _) => kernel.RefuseInput());
        composite.RegisterCommandHandler<RequestInputs>((_, _) => kernel.RefuseInput());

        // The kernel hears what is printed only until the cell ends. While this listens, it leaves the console alone.
        composite.RegisterForDisposal(ConsoleOutput.Subscribe(_ => Disposable.Empty));
        return kernel;
    }

    /// <summary>Runs C#. What is printed and shown until the next call goes to the outputs, whichever cell or thread it
    /// comes from.</summary>
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

    private Task RefuseInput()
    {
        outputs!.Fail(nameof(InvalidOperationException), NoInput.Reason, "");
        throw new InvalidOperationException(NoInput.Reason);
    }

    /// <summary>Hears what a task shows when its cell has ended, which the kernel drops.</summary>
    private void ReceiveLate(DisplayedValue shown)
    {
        if (KernelInvocationContext.Current is { IsComplete: true, Command: var command })
            Receive(new DisplayedValueUpdated(shown.Value, shown.DisplayId, command, shown.FormattedValues));
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
                outputs.Fail(e.GetType().Name, WithoutCpp(e.Message), WithoutCpp(e.ToString()));
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
