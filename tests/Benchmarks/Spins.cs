namespace FashionNotebooks.Benchmarks;

/// <summary>
/// Training while other programs keep cores busy: with libgomp's own spin, with a short one, with the one that
/// <see cref="TorchRuntime.Configure"/> chooses, and with a single thread, which waits for no other.
/// </summary>
internal static class Spins
{
    private const int Batches = 150;

    public static void Compare(string network, int rounds)
    {
        Console.WriteLine($"\n{network}: the time of {Batches} batches while others are busy, shortest idle time = 1");
        (string Name, int Threads, string[] Means)[] kinds =
        [
            ("libgomp's own spin", Report.Threads, [Work.Memory]),
            ("short spin", Report.Threads, [Work.Memory, Work.ShortSpin]),
            ("as Configure chooses", Report.Threads, [Work.Configure]),
            ("one thread", 1, [Work.Configure]),
        ];
        var times = new List<(int Busy, string Name, double Seconds)>();
        var cores = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            for (int busy = 0; busy <= Report.Threads; busy++)
            {
                // The choice is made when a process starts, so that the others are busy before.
                Contender[] others =
                    [.. Enumerable.Range(0, busy).Select(_ => Report.Start("busy", network, 1, Batches))];
                foreach ((string name, int threads, string[] means) in kinds)
                {
                    using Contender training =
                        Report.Start("library", network, threads, Batches, [Work.Order, .. means]);
                    training.Run(); // warms up
                    var watch = new OtherPrograms([training, .. others]);
                    times.Add((busy, name, training.Run()[0]));
                    cores.Add(watch.Cores);
                }

                Array.ForEach(others, other => other.Dispose());
            }
        }

        double Time(int busy, string name) =>
            Report.Median(times.Where(time => time.Busy == busy && time.Name == name).Select(time => time.Seconds));

        double idle = kinds.Min(kind => Time(0, kind.Name));
        Report.Print(
            ["Busy programs", .. kinds.Select(kind => kind.Name)],
            [
                .. Enumerable.Range(0, Report.Threads + 1).Select(busy =>
                    (string[])[$"{busy}", .. kinds.Select(kind => Report.Two(Time(busy, kind.Name) / idle))]),
            ]);
        Console.WriteLine($"1.00 is {Report.Two(idle)} s.");
        Report.PrintOthers(cores);
    }
}
