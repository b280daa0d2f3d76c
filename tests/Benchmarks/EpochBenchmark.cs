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
        Contender? python = Contender.StartPython(network);
        if (python is not null)
            contenders.Add(python);

        Contender[] others = [plain, plainKeeping, .. python is null ? (Contender[])[] : [python]];
        string[] names =
        [
            "plain loop", "plain loop, glibc keeps memory", .. python is null ? (string[])[] : [$"tutorial, {python.Version}"],
        ];

        // The first epoch compiles, opens files and fills caches; it counts for nothing but the memory.
        var memory = new List<double[]> { library.Run() };
        product.Run();
        Array.ForEach(others, other => other.Run());

        var libraryTimes = new List<double>();
        var floors = new List<double>();
        List<double>[] otherTimes = [.. others.Select(_ => new List<double>())];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < others.Length; i++)
                otherTimes[i].Add(others[i].Run()[0]);

            floors.Add(Networks.ArithmeticOfAnEpoch(network) / product.Run()[1]);
            memory.Add(library.Run());
            libraryTimes.Add(memory[^1][0]);
        }

        Report.Print(
            ["", "Median", "Lowest", "Highest", "Seconds"],
            [
                .. names.Select((name, i) => Report.Ratios(name, otherTimes[i], libraryTimes)),
                Report.Ratios("arithmetic at a matrix product's speed", floors, libraryTimes),
                ["TrainModel", "1.00", "", "", Format(Report.Median(libraryTimes))],
            ]);
        Console.WriteLine($"TrainModel against that arithmetic: {Report.Median(libraryTimes.Zip(floors, (time, floor) => time / floor)):F2}");

        Console.WriteLine($"\nMemory after each epoch of {network}");
        Report.Print(
            ["Epoch", "Live tensors", "Peak MB"],
            [.. memory.Select((numbers, epoch) => (string[])[$"{epoch}", $"{numbers[3]}", $"{numbers[4]}"])]);
    }

    private static string Format(double seconds) => seconds.ToString("F1", CultureInfo.InvariantCulture);
}
