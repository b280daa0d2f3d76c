using System.Runtime.CompilerServices;

namespace FashionNotebooks.Tests;

/// <summary>A snapshot that is missing fails its test, unless SNAPSHOOTER_STRICT_MODE is false: then it is written.
/// </summary>
internal static class SnapshotSettings
{
    private const string StrictMode = "SNAPSHOOTER_STRICT_MODE";

    [ModuleInitializer]
    internal static void Configure() => Environment.SetEnvironmentVariable(
        StrictMode, Environment.GetEnvironmentVariable(StrictMode) ?? "true");
}
