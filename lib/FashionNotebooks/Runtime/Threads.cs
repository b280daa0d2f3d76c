using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>How many threads compute.</summary>
public static class Threads
{
    private const int Rounds = 9;
    private const int OperationsPerRound = 20;

    /// <summary>
    /// Lets Torch compute with several threads if that is faster here and now, otherwise with one. Threads that share
    /// an operation wait for the slowest of them: where other programs keep the cores busy, two can be slower than
    /// one. Both are tried for some milliseconds. The environment variable <c>OMP_NUM_THREADS</c> decides if it is set.
    /// </summary>
    /// <param name="atMost">The most threads to use, 1 or more. The same number of threads gives the same digits.</param>
    /// <returns>The number of threads that Torch now uses.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="atMost"/> is less than 1.</exception>
    public static int UseFreeCores(int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        int threads = int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) && wanted > 0
            ? wanted
            : FindFaster(Math.Min(atMost, Environment.ProcessorCount));
        set_num_threads(threads);
        return threads;
    }

    private static int FindFaster(int several)
    {
        if (several == 1)
            return 1;

        // As large as what a training step passes from layer to layer.
        using Tensor values = ones(64, 16, 28, 28);
        long[] alone = new long[Rounds];
        long[] together = new long[Rounds];
        Measure(values, several); // creates the threads
        for (int round = 0; round < Rounds; round++)
        {
            alone[round] = Measure(values, 1);
            together[round] = Measure(values, several);
        }

        return Median(together) < Median(alone) ? several : 1;
    }

    private static long Measure(Tensor values, int threads)
    {
        set_num_threads(threads);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < OperationsPerRound; i++)
            values.mul_(1f);

        return Stopwatch.GetTimestamp() - start;
    }

    private static long Median(long[] values) => values.Order().ElementAt(values.Length / 2);
}
