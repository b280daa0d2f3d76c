using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>How many threads compute.</summary>
public static class Threads
{
    private const int Rounds = 3;
    private const int MostRounds = 20;
    private const double WorthIt = 1.2;

    // Shorter, and the system lets a program that has just woken go before those that keep the cores busy.
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Lets Torch compute with several threads if that is faster here and now, otherwise with one. Threads that share
    /// an operation wait for the slowest of them: where other programs keep the cores busy, two can be slower than
    /// one. Both are tried for half a second, and for up to four if several are not faster at once, since what keeps
    /// the cores busy may end. The environment variable <c>OMP_NUM_THREADS</c> decides if it is set.
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
        Measure(values, several); // creates the threads
        var gains = new List<double>();
        while (gains.Count < MostRounds)
        {
            int alone = Measure(values, 1);
            gains.Add((double)Measure(values, several) / alone);
            if (gains.Count >= Rounds && gains.TakeLast(Rounds).Min() > WorthIt)
                return several;
        }

        return 1;
    }

    /// <returns>How many operations fit into the window.</returns>
    private static int Measure(Tensor values, int threads)
    {
        set_num_threads(threads);
        int operations = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Window; operations++)
            values.mul_(1f);

        return operations;
    }
}
