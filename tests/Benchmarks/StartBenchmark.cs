using System.Diagnostics;

namespace FashionNotebooks.Benchmarks;

/// <summary>What passes before anything is seen.</summary>
internal static class StartBenchmark
{
    public static void Run(int rounds)
    {
        Console.WriteLine("\nBefore the first result: seconds, medians");
        Report.Print(
            ["", "Seconds"],
            [
                ["opening the training images, verified", $"{Median(rounds, () => FashionMnist.Load(Repository.Data, train: true).Dispose()):F2}"],
                ["from dotnet run to notebook 3's first epoch, printed", $"{Median(rounds, RunUntilFirstEpoch):F1}"],
            ]);
    }

    private static double Median(int rounds, Action action) => Report.Median(Enumerable.Range(0, rounds).Select(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }).ToArray());

    private static void RunUntilFirstEpoch()
    {
        string output = Directory.CreateTempSubdirectory("fashion-benchmark-").FullName;
        var start = new ProcessStartInfo("dotnet",
            ["run", "-c", "Release", "--project", Path.Combine(Repository.Root, "lib", "FashionNotebooks.Runner"), "--", "3-train-and-predict", "--output", output])
        {
            RedirectStandardOutput = true,
        };
        using Process run = Process.Start(start)!;
        string? line;
        while ((line = run.StandardOutput.ReadLine())?.StartsWith("Train and Val complete", StringComparison.Ordinal) == false)
        {
        }

        if (line is null)
            throw new InvalidOperationException("Notebook 3 ended before its first epoch.");

        run.Kill(entireProcessTree: true);
        run.WaitForExit();
        Directory.Delete(output, recursive: true);
    }
}
