using System.Reflection;

namespace FashionNotebooks;

/// <summary>The notebook cell that is running.</summary>
internal static class RunningCell
{
    // Found by name, so that the library needs no reference to .NET Interactive.
    private static readonly PropertyInfo? Context = Type.GetType(
        "Microsoft.DotNet.Interactive.KernelInvocationContext, Microsoft.DotNet.Interactive")?.GetProperty("Current");

    /// <summary>
    /// Is cancelled by the editor's button <i>Stop</i>. Outside of .NET Interactive, and on a thread that no cell has
    /// started, it never is.
    /// </summary>
    public static CancellationToken Stopped => Context?.GetValue(null) is { } current
        && current.GetType().GetProperty("CancellationToken")?.GetValue(current) is CancellationToken token
        ? token : CancellationToken.None;
}
