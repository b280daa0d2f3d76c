using System.Globalization;

namespace FashionNotebooks.Benchmarks;

/// <summary>Training while another program keeps a core busy.</summary>
internal static class BusyBenchmark
{
    private const string Batches = "250";

    public static void Run(string network, int threads, int rounds)
    {
        Console.WriteLine($"\n{network} while others are busy: the time of {Batches} batches in units of one thread's");
        var rows = new List<string[]>();
        for (int busy = 0; busy <= Environment.ProcessorCount && busy <= 2; busy++)
        {
            using var others = new Contenders();
            for (int i = 0; i < busy; i++)
                others.Add(Contender.StartOwn(false, "busy", network, "1", Batches));

            using Contender one = Contender.StartOwn(false, "library", network, "1", Batches);
            using Contender several = Contender.StartOwn(false, "library", network, $"{threads}", Batches);
            using Contender free = Contender.StartOwn(false, "library", network, "free", Batches);
            Contender[] contenders = [one, several, free];
            Array.ForEach(contenders, contender => contender.Run());
            double[][][] runs = [.. Enumerable.Range(0, rounds).Select(_ => contenders.Select(contender => contender.Run()).ToArray())];

            string Ratio(int contender) => Report.Format(Report.Median(runs.Select(run => run[contender][0] / run[0][0])));
            rows.Add([$"{busy}", Ratio(1), Ratio(2), runs[0][2][2].ToString(CultureInfo.InvariantCulture)]);
        }

        Report.Print(["Busy programs", $"{threads} threads", "UseFreeCores", "its threads"], [.. rows]);
    }
}
