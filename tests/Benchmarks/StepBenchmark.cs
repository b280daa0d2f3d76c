namespace FashionNotebooks.Benchmarks;

/// <summary>Where the time of a training step goes, as a table.</summary>
internal static class StepBenchmark
{
    public static void Run(int threads)
    {
        TorchRuntime.Configure(threads);
        using FashionMnist train = FashionMnist.Load(Repository.Data, train: true);
        IReadOnlyList<(string Part, double Share)>[] networks =
            [.. Networks.Names.Select(network => StepParts.Measure(network, train))];

        Console.WriteLine("\nA step's time, in percent");
        Report.Print(
            ["Part", .. Networks.Names],
            [
                .. networks[0].Select((entry, i) => (string[])
                    [entry.Part, .. networks.Select(shares => $"{100 * shares[i].Share:F0}")]),
            ]);
    }
}
