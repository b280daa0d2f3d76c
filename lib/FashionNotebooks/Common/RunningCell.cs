using System.Reflection;

namespace FashionNotebooks;

/// <summary>The notebook cell that is running.</summary>
internal static class RunningCell
{
    // Found by name, so that the library needs no reference to .NET Interactive.
    private static readonly Type? Context = Type.GetType(
        "Microsoft.DotNet.Interactive.KernelInvocationContext, Microsoft.DotNet.Interactive");

    private static readonly PropertyInfo? Current = Context?.GetProperty("Current");

    private static readonly PropertyInfo? Token = Context?.GetProperty("CancellationToken");

    /// <summary>
    /// Is cancelled by the editor's button <i>Stop</i>. Outside of .NET Interactive, and on a thread that no cell has
    /// started, it never is.
    /// </summary>
    public static CancellationToken Stopped =>
        Current?.GetValue(null) is { } cell && Token?.GetValue(cell) is CancellationToken token
            ? token : CancellationToken.None;
}
