using System.Runtime.CompilerServices;

namespace FashionNotebooks.Tests;

/// <summary>The tests compute as the notebooks do, also where other programs keep the cores busy.</summary>
internal static class TorchSettings
{
    [ModuleInitializer]
    internal static void Configure() => TorchRuntime.Configure(threads: 2);
}
