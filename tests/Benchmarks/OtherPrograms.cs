using System.Diagnostics;
using System.Globalization;

namespace FashionNotebooks.Benchmarks;

/// <summary>
/// Watches how many cores all other programs use while the benchmark works, by Linux's account of processor time
/// (<c>man 5 proc_stat</c>). Elsewhere it knows of none.
/// </summary>
/// <param name="contenders">The benchmark's own processes; none of them ends while it watches.</param>
internal sealed class OtherPrograms(IReadOnlyCollection<Contender> contenders)
{
    /// <summary>The cores that others may use while a machine still counts as idle.</summary>
    public const double Idle = 0.1;

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double before = Used(contenders);

    /// <summary>The mean number of cores that other programs have used since this object was made.</summary>
    public double Cores => (Used(contenders) - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;

    /// <returns>Seconds of all cores together since the machine was started, less those of this benchmark.</returns>
    private static double Used(IReadOnlyCollection<Contender> contenders)
    {
        if (!OperatingSystem.IsLinux())
            return 0;

        // cpu user nice system idle iowait irq softirq steal ..., in hundredths of a second
        string[] fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double all = new[] { 1, 2, 3, 6, 7, 8 }.Sum(field => double.Parse(fields[field], CultureInfo.InvariantCulture));
        return (all / 100) - Environment.CpuUsage.TotalTime.TotalSeconds
            - contenders.Sum(contender => contender.ProcessorTime.TotalSeconds);
    }
}
