using System.Diagnostics;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>Calls the runner as a user does, in a process of its own.</summary>
internal static class RunnerProcess
{
    /// <returns>The exit code, and all that was printed.</returns>
    public static (int ExitCode, string Text) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(NotebookRunner).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.Result);
    }
}
