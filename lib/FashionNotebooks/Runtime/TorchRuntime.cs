using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FashionNotebooks;

/// <summary>Settings of libtorch that hold for the whole process.</summary>
public static class TorchRuntime
{
    // How often a thread looks whether the others have ended before it goes to sleep. libgomp's own number is 300,000.
    private const string ShortSpin = "1000";

    // With one busy program on two cores, two threads get 0.75 of what they ask for.
    private const double FreeShare = 0.87;

    // From glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int LargestMmapThreshold = 32 * 1024 * 1024;

    private static bool wasCalled;

    /// <summary>
    /// Fixes the number of threads, so that digits do not depend on what else runs, and on Linux makes training faster:
    /// three settings that hold for the whole process. Call it before anything else of Torch.
    /// </summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>Torch computes with so many threads, on however many cores; <c>OMP_NUM_THREADS</c> decides if set.</item>
    /// <item>On Linux, freed memory is kept for the next step (<c>mallopt</c>), which waits for no page faults.</item>
    /// <item>
    /// On Linux, if the machine does not have so many cores free at the time of the call, threads that wait for others
    /// soon go to sleep, so that they do not take the cores from those that they wait for. libgomp reads this
    /// (<c>GOMP_SPINCOUNT</c>) when libtorch is loaded; a first call that comes later prints that it came too late.
    /// <c>GOMP_SPINCOUNT</c> or <c>OMP_WAIT_POLICY</c> in the environment decide if set.
    /// </item>
    /// </list>
    /// Windows and macOS keep their memory and their waiting: another OpenMP, whose threads go to sleep after 0.2
    /// seconds (<c>KMP_BLOCKTIME</c>). That was not measured.
    /// </remarks>
    /// <param name="threads">
    /// 1 or more. The same number gives the same digits on the same kind of processor. Where other programs keep the
    /// cores busy, 1 is the fastest: one thread waits for no other.
    /// </param>
    /// <returns>The number of threads that Torch now uses.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    /// <seealso href="https://gcc.gnu.org/onlinedocs/libgomp/GOMP_005fSPINCOUNT.html"/>
    public static int Configure(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        KeepFreedMemory();
        string? first = Environment.GetEnvironmentVariable("OMP_NUM_THREADS")?.Split(',')[0];
        int count = int.TryParse(first, CultureInfo.InvariantCulture, out int own) && own > 0 ? own : threads;
        if (OperatingSystem.IsLinux() && MeasureFreeShare(count) < FreeShare)
            SpinShortly(isTooLate: !wasCalled && IsTorchLoaded());

        wasCalled = true;
        set_num_threads(count);
        return count;
    }

    /// <summary>Keeps threads busy for a tenth of a second.</summary>
    /// <returns>The share of that time for which they had a core: 1 if the cores are free.</returns>
    internal static double MeasureFreeShare(int threads)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Thread[] busy = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (clock.ElapsedMilliseconds < 100)
                Thread.SpinWait(100);
        }))];
        Array.ForEach(busy, thread => thread.Start());
        Array.ForEach(busy, thread => thread.Join());
        return (Environment.CpuUsage.TotalTime - before) / clock.Elapsed / threads;
    }

    /// <summary>Tells libgomp, which is yet to be loaded, how long its threads are to spin.</summary>
    /// <param name="isTooLate">It is loaded already: then the reader is told.</param>
    internal static void SpinShortly(bool isTooLate)
    {
        string[] own = ["GOMP_SPINCOUNT", "OMP_WAIT_POLICY"];
        if (own.Any(name => Environment.GetEnvironmentVariable(name) is not null))
            return;

        // .NET's own copy of the environment does not reach a library in C.
        _ = SetEnvironmentVariable("GOMP_SPINCOUNT", ShortSpin, overwrite: 0);
        if (isTooLate)
        {
            Console.WriteLine(
                "Other programs are busy, and TorchRuntime.Configure came after Torch had been used, too late to share "
                + "the cores with them: training may take far longer. Restart the kernel and call it first.");
        }
    }

    /// <summary>Whether libtorch, and with it libgomp, is in this process.</summary>
    internal static bool IsTorchLoaded() =>
        File.ReadLines("/proc/self/maps").Any(line => line.Contains("libgomp"));

    /// <summary>Tells glibc to keep freed memory.</summary>
    internal static void KeepFreedMemory()
    {
        // Where libtorch runs on Linux, there is glibc.
        if (!OperatingSystem.IsLinux())
            return;

        _ = SetMallocOption(MmapThreshold, LargestMmapThreshold);
        _ = SetMallocOption(TrimThreshold, int.MaxValue);
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi)]
    private static extern int SetEnvironmentVariable(string name, string value, int overwrite);

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetMallocOption(int option, int value);
}
