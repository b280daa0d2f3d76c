namespace FashionNotebooks.Runner;

/// <summary>Runs a notebook in a process of its own, so that one that crashes or uses much memory does no harm to the
/// others. This is the code of both processes: the one that waits, and the one that runs the cells.</summary>
/// <param name="Notebook">The file with the notebook; the outputs are saved there.</param>
/// <param name="Folder">Where relative paths in its cells begin.</param>
/// <param name="Browser">The browser that draws figures as pictures; null for none.</param>
/// <param name="Timeout">How many seconds a cell may take; null for any number.</param>
/// <param name="IsQuiet">Whether nobody sees what its cells print.</param>
internal sealed partial record NotebookProcess(
    string Notebook, string Folder, string? Browser, int? Timeout, bool IsQuiet = false)
{
    /// <summary>The first argument of a process that runs a notebook.</summary>
    public const string Command = "execute";

    /// <summary>Starts the process and waits for its end.</summary>
    /// <returns>The exit code, and what the error stream says of it: why .NET has ended the process, or else the last
    /// line.</returns>
    public async Task<(int ExitCode, string Reason)> RunAsync(CancellationToken stop)
    {
        string reason = "";
        string[] arguments = [Command, JsonSerializer.Serialize(this)];
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            arguments = [typeof(NotebookProcess).Assembly.Location, .. arguments];

        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = IsQuiet,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
        var exited = new TaskCompletionSource();
        var errorsEnded = new TaskCompletionSource();
        process.Exited += (_, _) => exited.TrySetResult();
        process.EnableRaisingEvents = true;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                errorsEnded.TrySetResult();

            // On some processors libtorch repeats that it goes on without one of its libraries, NNPACK.
            if (!string.IsNullOrEmpty(line.Data) && !line.Data.Contains("Could not initialize NNPACK") && !IsQuiet)
            {
                Console.Error.WriteLine(line.Data);
                Match ending = Ending().Match(reason);
                reason = ending.Groups["heading"].Success ? $"{reason} {line.Data.Trim()}"
                    : ending.Success ? reason : line.Data;
            }
        };
        process.BeginErrorReadLine();
        if (IsQuiet)
            process.BeginOutputReadLine();

        await using CancellationTokenRegistration registration = stop.Register(() =>
        {
            // The process saves what its cell has printed and ends: after Ctrl+C nobody waits longer than a second.
            process.StandardInput.Close();
            if (!process.WaitForExit(milliseconds: 600))
                process.Kill(entireProcessTree: true);
        });

        // Not WaitForExitAsync, which would also wait for programs that a cell has started and left behind.
        await exited.Task;
        await Task.WhenAny(errorsEnded.Task, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
        return (process.ExitCode, reason);
    }

    /// <summary>What the started process does.</summary>
    /// <param name="argument">Its second argument.</param>
    /// <returns>The exit code: 0 if every cell succeeded, 1 if not.</returns>
    public static async Task<int> ExecuteAsync(string argument)
    {
        NotebookProcess process = JsonSerializer.Deserialize<NotebookProcess>(argument)!;
        using var stop = new CancellationTokenSource();

        // Ctrl+C reaches both processes. This one runs on until its input is closed: the waiting process closes it to
        // stop the run, and the system closes it when that process ends.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        Stream input = Console.OpenStandardInput();
        Console.SetIn(new NoInput());
        _ = input.CopyToAsync(Stream.Null).ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);

        await using FigurePictures? figures =
            process.Browser is null ? null : new(await FigurePictures.LaunchAsync(process.Browser));
        TimeSpan? limit = process.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        Notebook notebook = Runner.Notebook.Load(process.Notebook);
        Directory.SetCurrentDirectory(process.Folder);
        return await new NotebookExecution(notebook, figures, limit).RunAsync(stop.Token) ? 0 : 1;
    }

    // What follows is a trace, but for the line below a mere heading.
    [GeneratedRegex(@"^((?<heading>(Fatal error\.|Process terminated\.|terminate called .*')$)"
        + "|Stack overflow|Unhandled exception|Out of memory|Fatal error|Process terminated|terminate called)")]
    private static partial Regex Ending();
}
