using System.Globalization;
using System.Runtime.InteropServices;

namespace FashionNotebooks.Benchmarks;

/// <summary>What the sections have in common: the number of threads, and how results are printed.</summary>
internal static class Report
{
    /// <summary>As many as the notebooks take, if the machine has them.</summary>
    public static int Threads { get; } = Math.Min(2, Environment.ProcessorCount);

    public static Contender Start(string kind, string network, int threads, int batches, params string[] means) =>
        Contender.StartOwn([kind, network, $"{threads}", $"{batches}", .. means]);

    public static void Print(string[] headers, string[][] rows) => Console.WriteLine(new TextTable(headers, rows));

    /// <summary>Prints the median of a ratio, with the lowest and the highest.</summary>
    /// <param name="rounds">How often it is measured, after a first time that warms up.</param>
    /// <param name="contenders">The processes that are compared.</param>
    /// <param name="measure">Measures the ratio once.</param>
    public static void PrintRatio(int rounds, Contender[] contenders, Func<double> measure)
    {
        measure();
        var ratios = new List<double>();
        var cores = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            var watch = new OtherPrograms(contenders);
            ratios.Add(measure());
            cores.Add(watch.Cores);
        }

        Console.WriteLine($"{Two(Median(ratios))} ({Two(ratios.Min())} to {Two(ratios.Max())})");
        PrintOthers(cores);
    }

    /// <summary>Says whether the machine was idle but for the benchmark.</summary>
    /// <param name="cores">How many cores others used, round by round.</param>
    public static void PrintOthers(IReadOnlyList<double> cores)
    {
        int busy = cores.Count(each => each > OtherPrograms.Idle);
        Console.WriteLine($"Cores that other programs used, round by round: {string.Join(' ', cores.Select(Two))}. "
            + (busy == 0 ? "The machine was idle." : $"NOT IDLE in {busy} of {cores.Count}: run it again."));
    }

    public static string Two(double number) => number.ToString("F2", CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static string FindProcessor()
    {
        string name = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name")).Split(": ")[^1]
            : $"{RuntimeInformation.ProcessArchitecture}";
        string with = System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? "with" : "without";
        return $"{name.Trim()} {with} AVX-512, {Environment.ProcessorCount} processors";
    }
}
