using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>Where the time of a training step goes, as a table.</summary>
internal static class StepBenchmark
{
    public static void Run(int threads)
    {
        set_num_threads(threads);
        using FashionMnist train = FashionMnist.Load(Repository.Data, train: true);
        IReadOnlyList<(string Part, double Share)>[] shares = [.. Networks.Names.Select(network => StepParts.Measure(network, train))];

        Console.WriteLine("\nA step's time, in percent");
        Report.Print(
            ["Part", .. Networks.Names],
            [.. shares[0].Select((entry, i) => (string[])[entry.Part, .. shares.Select(network => $"{100 * network[i].Share:F0}")])]);
    }
}
