using System.Diagnostics;
using System.Text;
using Spectre.Console;

namespace FashionNotebooks.Runner;

/// <summary>What the terminal shows while a notebook runs: what its cells print, and below it one live line that says
/// how far the run is. Where the output goes to a file or a pipe, each cell is announced by a line of its own instead.
/// </summary>
/// <remarks>The kernel redirects the console while a cell runs, and would hear what is printed there: so this holds the
/// console's own writer. Used by several threads.</remarks>
internal sealed class Terminal(bool isLive) : TextWriter
{
    private readonly TextWriter writer = Console.Out;
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Out),
        // The process that runs a notebook has no keyboard, and a terminal all the same.
        Interactive = isLive ? InteractionSupport.Yes : InteractionSupport.No,
    });

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly TrainingProgress training = new();
    private readonly Lock gate = new();
    private string cell = "";
    private string rest = "";

    public override Encoding Encoding => writer.Encoding;

    private string Time => NotebookExecution.Format(clock.Elapsed);

    public static bool IsLive => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Shows the live line while the notebook runs.</summary>
    public async Task<bool> RunAsync(Func<Task<bool>> run)
    {
        if (!isLive)
            return await run();

        return await console.Status().StartAsync("Starting the kernel", async context =>
        {
            await using var refresh = new Timer(
                _ => context.Status(Markup.Escape($"{Time} {cell}{training}")),
                null, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
            bool succeeded = await run();
            Flush();
            return succeeded;
        });
    }

    /// <summary>Says which cell runs.</summary>
    public void Announce(string title)
    {
        training.Clear();
        cell = title;
        if (!isLive)
            console.MarkupLineInterpolated($"[blue]{Time} {title}[/]");
    }

    /// <summary>Says what went wrong.</summary>
    public void Complain(string message)
    {
        Flush();
        console.MarkupLineInterpolated($"[red]{message}[/]");
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        if (!isLive)
        {
            writer.Write(value);
            return;
        }

        // The live line moves down by whole lines, one at a time.
        lock (gate)
        {
            string[] lines = (rest + value).Split('\n');
            rest = lines[^1];
            foreach (string line in lines[..^1])
                console.WriteLine(line.TrimEnd('\r'));
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Flush()
    {
        if (rest != "")
            Write("\n");

        writer.Flush();
    }
}
