using System.Globalization;

namespace FashionNotebooks.Benchmarks;

/// <summary>An epoch of the library against those who do the same, and against the arithmetic alone.</summary>
internal static class EpochBenchmark
{
    private const string AllBatches = "938";
    private const string ArithmeticRow = "the arithmetic, at a matrix product's speed";

    public static void Run(string network, int threads, int rounds)
    {
        using var contenders = new Contenders();
        Console.WriteLine($"\nAn epoch of {network}: the time of others in units of TrainModel's with all means");
        Contender Start(string work, params string[] means) =>
            contenders.Add(Contender.StartOwn([work, network, $"{threads}", AllBatches, .. means]));

        Contender library = Start("library", Child.Memory, Child.Order, Child.Spin);
        Contender product = Start("product");
        double arithmetic = Arithmetic.OfAnEpoch(network);
        var others = new List<(string Name, Func<double> Time)>
        {
            (ArithmeticRow, () => arithmetic / product.Run()[1]),
        };
        void Add(string name, Contender other) => others.Add((name, () => other.Run()[0]));

        Add("plain loop, TorchSharp's data loader", Start("plain"));
        Add("TrainModel: batches as views", Start("library"));
        Add("and freed memory kept", Start("library", Child.Memory));
        Add("and channels-last order", Start("library", Child.Memory, Child.Order));
        if (Contender.StartPython(network) is { } python)
        {
            contenders.Add(python);
            Add($"the tutorial, {python.Version}", python);
        }

        // The first epoch compiles, opens files and fills caches; it counts for nothing but the memory.
        var memory = new List<double[]> { library.Run() };
        others.ForEach(other => other.Time());

        // Each is compared with the epoch of TrainModel right after it: a noisy machine changes its pace in minutes.
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
                ["and a short spin", "1.00", "", "", Format("F1", pairs.Select(pair => pair.Library))],
            ]);

        Console.WriteLine($"\nMemory after each epoch of {network}");
        Report.Print(
            ["Epoch", "Live tensors", "Peak MB"],
            [.. memory.Select((numbers, epoch) => (string[])[$"{epoch}", $"{numbers[2]}", $"{numbers[3]}"])]);
    }

    private static string Format(string format, IEnumerable<double> values) =>
        Report.Median(values).ToString(format, CultureInfo.InvariantCulture);
}
