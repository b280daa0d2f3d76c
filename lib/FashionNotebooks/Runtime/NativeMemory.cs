using System.Runtime.InteropServices;

namespace FashionNotebooks;

/// <summary>How the C library treats the memory of freed tensors.</summary>
internal static class NativeMemory
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int LargestMmapThreshold = 32 * 1024 * 1024;

    /// <summary>
    /// Each step frees as many megabytes as the next one needs. glibc may return them to the system in between, and
    /// then the processor spends its time on page faults: it is told to keep them.
    /// </summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/mallopt.3.html"/>
    public static void KeepFreed()
    {
        if (!OperatingSystem.IsLinux())
            return;

        try
        {
            _ = SetMallocOption(MmapThreshold, LargestMmapThreshold);
            _ = SetMallocOption(TrimThreshold, int.MaxValue);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc: nothing to tune.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetMallocOption(int option, int value);
}
