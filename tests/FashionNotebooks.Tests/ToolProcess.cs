using System.Diagnostics;

namespace FashionNotebooks.Tests;

/// <summary>Calls a program and waits for it.</summary>
internal static class ToolProcess
{
    /// <returns>The exit code, and all that was printed.</returns>
    public static (int ExitCode, string Text) Run(string program, params string[] arguments) =>
        Run(program, arguments, []);

    /// <summary>Calls a program with changes of its environment; null removes a variable.</summary>
    /// <returns>The exit code, and all that was printed.</returns>
    public static (int ExitCode, string Text) Run(
        string program, string[] arguments, Dictionary<string, string?> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in variables)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.Result);
    }

    /// <returns>Whether the program is there and succeeds.</returns>
    public static bool CanRun(string program, params string[] arguments)
    {
        try
        {
            return Run(program, arguments).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
