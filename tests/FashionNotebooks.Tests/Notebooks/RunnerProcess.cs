using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>Calls the runner as a user does, in a process of its own.</summary>
internal static class RunnerProcess
{
    /// <returns>The exit code, and all that was printed.</returns>
    public static (int ExitCode, string Text) Run(params string[] arguments) =>
        ToolProcess.Run("dotnet", [typeof(NotebookRunner).Assembly.Location, .. arguments]);
}
