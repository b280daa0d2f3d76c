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
                ["opening the training images, verified", $"{Median(rounds, OpenImages):F2}"],
                ["from dotnet run to notebook 3's first epoch, printed", $"{Median(rounds, RunUntilFirstEpoch):F1}"],
            ]);
    }

    private static double Median(int rounds, Action action) => Report.Median(Enumerable.Range(0, rounds).Select(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }).ToArray());

    private static void OpenImages() => FashionMnist.Load(Repository.Data, train: true).Dispose();

    private static void RunUntilFirstEpoch()
    {
        const string LastLineOfAnEpoch = "Train and Val complete";
        string runner = Path.Combine(Repository.Root, "lib", "FashionNotebooks.Runner");
        string output = Directory.CreateTempSubdirectory("fashion-benchmark-").FullName;
        string[] arguments =
            ["run", "-c", "Release", "--project", runner, "--", "3-train-and-predict", "--output", output];
        using Process run = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string? line;
        do
            line = run.StandardOutput.ReadLine();
        while (line?.StartsWith(LastLineOfAnEpoch, StringComparison.Ordinal) == false);

        if (line is null)
            throw new InvalidOperationException("Notebook 3 ended before its first epoch.");

        run.Kill(entireProcessTree: true);
        run.WaitForExit();
        Directory.Delete(output, recursive: true);
    }
}
