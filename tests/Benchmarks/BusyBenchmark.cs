namespace FashionNotebooks.Benchmarks;

/// <summary>Training while other programs keep cores busy, with libgomp's own spin and with a short one.</summary>
internal static class BusyBenchmark
{
    private const string Batches = "100";

    public static void Run(string network, int threads, int rounds)
    {
        Console.WriteLine($"\n{network}, others busy: the time of {Batches} batches in units of the idle time");
        Contender Start(params string[] means) =>
            Contender.StartOwn(["library", network, $"{threads}", Batches, Child.Memory, Child.Order, .. means]);

        using Contender longSpin = Start();
        using Contender shortSpin = Start(Child.Spin);
        Contender[] contenders = [longSpin, shortSpin];
        var times = new List<(int Busy, double[] Seconds)>();
        for (int round = -1; round < rounds; round++)
        {
            for (int busy = 0; busy <= 2; busy++)
            {
                using var others = new Contenders();
                for (int i = 0; i < busy; i++)
                    others.Add(Contender.StartOwn("busy", network, "1", Batches));

                double[] seconds = [.. contenders.Select(contender => contender.Run()[0])];
                if (round >= 0) // the first round warms up
                    times.Add((busy, seconds));
            }
        }

        double Seconds(int busy, int contender) =>
            Report.Median(times.Where(entry => entry.Busy == busy).Select(entry => entry.Seconds[contender]));
        string[] Row(int busy) =>
        [
            $"{busy}",
            Report.Format(Seconds(busy, 0) / Seconds(0, 1)),
            Report.Format(Seconds(busy, 1) / Seconds(0, 1)),
        ];

        Report.Print(["Busy programs", "libgomp's own spin", "short spin"], [Row(0), Row(1), Row(2)]);
    }
}
