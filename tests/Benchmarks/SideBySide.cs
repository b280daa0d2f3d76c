using System.Diagnostics;

namespace FashionNotebooks.Benchmarks;

/// <summary>Two trainings in two processes at the same time, with half of the threads each, or one after the other.
/// </summary>
internal static class SideBySide
{
    private const int Batches = 150;

    public static void Compare(string network, int rounds)
    {
        int half = Math.Max(1, Report.Threads / 2);
        Console.WriteLine($"\n{network}: two trainings of {Batches} batches at the same time, threads: {half} each, "
            + $"in units of one after the other, threads: {Report.Threads}");
        using Contender whole = Start(Report.Threads), first = Start(half), second = Start(half);
        Report.PrintRatio(rounds, [whole, first, second], () =>
        {
            double inTurn = whole.Run()[0] + whole.Run()[0];
            long start = Stopwatch.GetTimestamp();
            Task.WaitAll(Task.Run(first.Run), Task.Run(second.Run));
            return Stopwatch.GetElapsedTime(start).TotalSeconds / inTurn;
        });

        Contender Start(int threads) => Report.Start("library", network, threads, Batches, Work.Order, Work.Memory);
    }
}
