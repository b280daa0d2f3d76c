namespace FashionNotebooks.Benchmarks;

/// <summary>An epoch of the library against others that do the same.</summary>
internal static class Epochs
{
    private const int AllBatches = 938;

    public static void Compare(string network, int rounds)
    {
        Console.WriteLine($"\nAn epoch of {network}: the time of others in units of TrainModel's with all means");
        using Contender library = Start("library", network, Work.Order, Work.Configure);
        List<(string Name, Contender Contender)> others =
        [
            ("plain loop, TorchSharp's data loader", Start("plain", network)),
            ("TrainModel", Start("library", network)),
            ("and freed memory kept", Start("library", network, Work.Memory)),
            ("all means, but a short spin", Start("library", network, Work.Order, Work.Memory, Work.ShortSpin)),
        ];
        if (Contender.StartPython(network) is { } python)
            others.Add(($"the tutorial, {python.Version}", python));

        // The first epoch compiles, opens files and fills caches; it counts for nothing but the memory.
        var memory = new List<double[]> { library.Run() };
        others.ForEach(other => other.Contender.Run());

        // Each is compared with the epoch of TrainModel right after it: a noisy machine changes its pace in minutes.
        var pairs = new List<(string Name, double Other, double Library)>();
        var cores = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            var watch = new OtherPrograms([.. others.Select(other => other.Contender), library]);
            foreach ((string name, Contender other) in others)
            {
                double seconds = other.Run()[0];
                memory.Add(library.Run());
                pairs.Add((name, seconds, memory[^1][0]));
            }

            cores.Add(watch.Cores);
        }

        others.ForEach(other => other.Contender.Dispose());
        Print(pairs, cores);
        Console.WriteLine($"\nMemory after each epoch of {network}");
        Report.Print(
            ["Epoch", "Live tensors", "Peak MB"],
            [.. memory.Select((numbers, epoch) => (string[])[$"{epoch}", $"{numbers[1]}", $"{numbers[2]}"])]);
    }

    private static Contender Start(string kind, string network, params string[] means) =>
        Report.Start(kind, network, Report.Threads, AllBatches, means);

    private static void Print(List<(string Name, double Other, double Library)> pairs, List<double> cores)
    {
        double[] own = [.. pairs.Select(pair => pair.Library)];
        double ownMedian = Report.Median(own);
        Report.Print(
            ["", "Median", "Lowest", "Highest", "Seconds"],
            [
                .. pairs.GroupBy(pair => pair.Name).Select(group =>
                    Row(group.Key, [.. group.Select(pair => pair.Other / pair.Library)],
                        Report.Median(group.Select(pair => pair.Other)))),
                Row("TrainModel with all means", [.. own.Select(seconds => seconds / ownMedian)], ownMedian),
            ]);
        Report.PrintOthers(cores);
    }

    private static string[] Row(string name, double[] ratios, double seconds) =>
        [name, .. new[] { Report.Median(ratios), ratios.Min(), ratios.Max(), seconds }.Select(Report.Two)];
}
