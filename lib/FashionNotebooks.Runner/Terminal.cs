using System.Diagnostics;
using System.Text;
using Spectre.Console;

namespace FashionNotebooks.Runner;

/// <summary>What the terminal shows while a notebook runs: what its cells print, and below it one live line that says
/// how far the run is. Where the output goes to a file or a pipe, each cell is announced by a line of its own instead.
/// </summary>
/// <remarks>The kernel redirects the console while a cell runs, and would hear what is printed there: so this holds the
/// console's own writer. A cell that prints holds the lock of <c>Console.Out</c>, and whoever draws to a terminal takes
/// it: so what is printed waits for the next drawing, and no cell ever waits for one.</remarks>
internal sealed class Terminal : TextWriter
{
    private readonly bool isLive;
    private readonly TextWriter writer = Console.Out;
    private readonly IAnsiConsole console;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly TrainingProgress training = new();
    private readonly Queue<string> lines = new();
    private readonly StringBuilder rest = new();
    private readonly Lock gate = new();
    private readonly Lock drawing = new();
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
        if (!isLive)
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
            using var end = new CancellationTokenSource();
            Task drawn = DrawAsync(context, end.Token);
            try
            {
                return await run();
            }
            finally
            {
                await end.CancelAsync();
                await drawn;
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

        // The live line moves down by whole lines. One that is written over shows its last state.
        lock (gate)
        {
            string[] parts = (value ?? "").Split('\n');
            foreach (string part in parts[..^1])
            {
                string line = rest.Append(part).ToString().TrimEnd('\r');
                lines.Enqueue(line[(line.LastIndexOf('\r') + 1)..]);
                rest.Clear();
            }

            rest.Append(parts[^1]);
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    /// <summary>Shows all that has been printed; a line that was begun ends.</summary>
    public override void Flush()
    {
        lock (gate)
        {
            if (rest.Length > 0)
                Write("\n");
        }

        ShowLines();
        writer.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        training.Dispose();
        base.Dispose(disposing);
    }

    private async Task DrawAsync(StatusContext context, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            ShowLines();
            context.Status(Markup.Escape($"{State}{training}"));
            await Task.Delay(TimeSpan.FromSeconds(0.1), CancellationToken.None);
        }
    }

    private void ShowLines()
    {
        lock (drawing)
        {
            string[] waiting;
            lock (gate)
            {
                waiting = [.. lines];
                lines.Clear();
            }

            foreach (string line in waiting)
                console.WriteLine(line);
        }
    }
}
