using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>Calls the runner as a user does, in a process of its own.</summary>
internal static class RunnerProcess
{
    public static string Program { get; } = typeof(NotebookRunner).Assembly.Location;

    /// <summary>Runs notebooks, without the pages, which take seconds.</summary>
    /// <returns>The exit code, and all that was printed.</returns>
    public static (int ExitCode, string Text) Run(params string[] arguments) =>
        ToolProcess.Run("dotnet", [Program, .. arguments, "--no-pages"]);
}
