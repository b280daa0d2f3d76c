using System.Globalization;

namespace FashionNotebooks.Benchmarks;

/// <summary>An epoch of the library against those who do the same, and against the arithmetic alone.</summary>
internal static class EpochBenchmark
{
    private const string AllBatches = "938";

    public static void Run(string network, int threads, int rounds)
    {
        using var contenders = new Contenders();
        Console.WriteLine($"\nAn epoch of {network}: the time of others in units of TrainModel's");
        Contender library = contenders.Add(Contender.StartOwn(false, "library", network, $"{threads}", AllBatches));
        Contender product = contenders.Add(Contender.StartOwn(false, "product", network, $"{threads}", AllBatches));
        Contender plain = contenders.Add(Contender.StartOwn(false, "plain", network, $"{threads}", AllBatches));
        Contender plainKeeping = contenders.Add(Contender.StartOwn(true, "plain", network, $"{threads}", AllBatches));
        double arithmetic = Networks.ArithmeticOfAnEpoch(network);
        var others = new List<(string Name, Func<double> Time)>
        {
            ("plain loop", () => plain.Run()[0]),
            ("plain loop, glibc keeps memory", () => plainKeeping.Run()[0]),
            ("arithmetic at a matrix product's speed", () => arithmetic / product.Run()[1]),
        };
        if (Contender.StartPython(network) is { } python)
        {
            contenders.Add(python);
            others.Add(($"tutorial, {python.Version}", () => python.Run()[0]));
        }

        // The first epoch compiles, opens files and fills caches; it counts for nothing but the memory.
        var memory = new List<double[]> { library.Run() };
        others.ForEach(other => other.Time());

        // Each is compared with the epoch of TrainModel right after it: a noisy machine changes its pace within minutes.
        var pairs = new List<(string Name, double Other, double Library)>();
        for (int round = 0; round < rounds; round++)
        {
            foreach ((string name, Func<double> time) in others)
            {
                double other = time();
                memory.Add(library.Run());
                pairs.Add((name, other, memory[^1][0]));
            }
        }

        Report.Print(
            ["", "Median", "Lowest", "Highest", "Seconds"],
            [
                .. pairs.GroupBy(pair => pair.Name).Select(group =>
                    Report.Ratios(group.Key, group.Select(pair => pair.Other), group.Select(pair => pair.Library))),
                ["TrainModel", "1.00", "", "", Format("F1", pairs.Select(pair => pair.Library))],
            ]);
        string toFloor = Format("F2", pairs.Where(pair => pair.Name == others[2].Name).Select(pair => pair.Library / pair.Other));
        Console.WriteLine($"TrainModel against that arithmetic: {toFloor}");

        Console.WriteLine($"\nMemory after each epoch of {network}");
        Report.Print(
            ["Epoch", "Live tensors", "Peak MB"],
            [.. memory.Select((numbers, epoch) => (string[])[$"{epoch}", $"{numbers[3]}", $"{numbers[4]}"])]);
    }

    private static string Format(string format, IEnumerable<double> values) =>
        Report.Median(values).ToString(format, CultureInfo.InvariantCulture);
}
