using System.Diagnostics;
using System.Text;
using Spectre.Console;

namespace FashionNotebooks.Runner;

/// <summary>What the terminal shows while a notebook runs: what its cells print, and below it one live line that says
/// how far the run is. Where the output goes to a file or a pipe, each cell is announced by a line of its own instead.
/// </summary>
/// <remarks>The kernel redirects the console while a cell runs, and would hear what is printed there: so this holds the
/// console's own writer. Used by several threads.</remarks>
internal sealed class Terminal : TextWriter
{
    private readonly bool isLive;
    private readonly TextWriter writer = Console.Out;
    private readonly IAnsiConsole console;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly TrainingProgress training = new();
    private readonly StringBuilder rest = new();
    private readonly Lock gate = new();
    private string title = "Starting the kernel";

    public Terminal(bool isLive)
    {
        this.isLive = isLive;
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            // The process that runs a notebook has no keyboard, and a terminal all the same.
            Interactive = isLive ? InteractionSupport.Yes : InteractionSupport.No,
        });
        console.Profile.Width = AnsiConsole.Profile.Width;
    }

    /// <summary>Whether somebody sees the line move.</summary>
    public static bool IsSeen => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    public override Encoding Encoding => writer.Encoding;

    private string State => $"{NotebookExecution.Format(clock.Elapsed)} {title}";

    /// <summary>Shows the live line while the notebook runs.</summary>
    public async Task<bool> RunAsync(Func<Task<bool>> run)
    {
        if (!isLive)
            return await run();

        return await console.Status().StartAsync(Markup.Escape(State), async context =>
        {
            await using var refresh = new Timer(
                _ => context.Status(Markup.Escape($"{State}{training}")),
                null, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
            try
            {
                return await run();
            }
            finally
            {
                Flush();
            }
        });
    }

    /// <summary>Says which cell runs.</summary>
    public void Announce(string cell)
    {
        Flush();
        training.Clear();
        title = cell;
        if (!isLive)
            console.MarkupLineInterpolated($"[blue]{State}[/]");
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

        // The live line moves down by whole lines, one at a time. A line that is written over shows its last state.
        lock (gate)
        {
            string[] lines = (value ?? "").Split('\n');
            foreach (string line in lines[..^1])
            {
                string text = rest.Append(line).ToString().TrimEnd('\r');
                console.WriteLine(text[(text.LastIndexOf('\r') + 1)..]);
                rest.Clear();
            }

            rest.Append(lines[^1]);
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    /// <summary>Ends a line that was begun.</summary>
    public override void Flush()
    {
        lock (gate)
        {
            if (rest.Length > 0)
                Write("\n");

            writer.Flush();
        }
    }

    protected override void Dispose(bool disposing)
    {
        training.Dispose();
        base.Dispose(disposing);
    }
}
