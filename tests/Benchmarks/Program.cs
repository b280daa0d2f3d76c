using System.Globalization;
using FashionNotebooks;
using FashionNotebooks.Benchmarks;

// Usage: dotnet run -c Release --project tests/Benchmarks [-- ROUNDS [SECTION...]]
// All that is compared takes turns, round by round, on one machine in one run.
if (args is [Contender.Command, .. var work])
{
    Work.Run(work);
    return;
}

int rounds = args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 5;
int threads = Math.Min(2, Environment.ProcessorCount);
var sections = new Dictionary<string, Action>
{
    ["epochs"] = () => Array.ForEach(Networks.Names, CompareEpochs),
    ["busy"] = () => Array.ForEach(Networks.Names, CompareSpins),
};
if (args.Skip(1).FirstOrDefault(name => !sections.ContainsKey(name)) is { } unknown)
    throw new ArgumentException($"There is no section {unknown}: expected {string.Join(", ", sections.Keys)}.");

Console.WriteLine($"{rounds} rounds, {threads} threads, {Environment.ProcessorCount} processors");
foreach ((_, Action run) in sections.Where(section => args.Length < 2 || args[1..].Contains(section.Key)))
    run();

Contender Start(string kind, string network, int batches, params string[] means) =>
    Contender.StartOwn([kind, network, $"{threads}", $"{batches}", .. means]);

// An epoch of the library against others that do the same.
void CompareEpochs(string network)
{
    const int AllBatches = 938;
    Console.WriteLine($"\nAn epoch of {network}: the time of others in units of TrainModel's with all means");
    Contender library = Start("library", network, AllBatches, Work.Memory, Work.Order, Work.Spin);
    List<(string Name, Contender Contender)> others =
    [
        ("plain loop, TorchSharp's data loader", Start("plain", network, AllBatches)),
        ("TrainModel: batches as views", Start("library", network, AllBatches)),
        ("and freed memory kept", Start("library", network, AllBatches, Work.Memory)),
        ("and channels-last order", Start("library", network, AllBatches, Work.Memory, Work.Order)),
    ];
    if (Contender.StartPython(network) is { } python)
        others.Add(($"the tutorial, {python.Version}", python));

    // The first epoch compiles, opens files and fills caches; it counts for nothing but the memory.
    var memory = new List<double[]> { library.Run() };
    others.ForEach(other => other.Contender.Run());

    // Each is compared with the epoch of TrainModel right after it: a noisy machine changes its pace in minutes.
    var pairs = new List<(string Name, double Other, double Library)>();
    for (int round = 0; round < rounds; round++)
    {
        foreach ((string name, Contender other) in others)
        {
            double seconds = other.Run()[0];
            memory.Add(library.Run());
            pairs.Add((name, seconds, memory[^1][0]));
        }
    }

    others.ForEach(other => other.Contender.Dispose());
    library.Dispose();
    Print(
        ["", "Median", "Lowest", "Highest", "Seconds"],
        [
            .. pairs.GroupBy(pair => pair.Name).Select(group =>
            {
                double[] ratios = [.. group.Select(pair => pair.Other / pair.Library)];
                return (string[])[group.Key, Two(Median(ratios)), Two(ratios.Min()), Two(ratios.Max()),
                    Two(Median(group.Select(pair => pair.Other)))];
            }),
            ["and a short spin", "1.00", "", "", Two(Median(pairs.Select(pair => pair.Library)))],
        ]);

    Console.WriteLine($"\nMemory after each epoch of {network}");
    Print(
        ["Epoch", "Live tensors", "Peak MB"],
        [.. memory.Select((numbers, epoch) => (string[])[$"{epoch}", $"{numbers[1]}", $"{numbers[2]}"])]);
}

// Training while other programs keep cores busy, with libgomp's own spin and with a short one.
void CompareSpins(string network)
{
    const int Batches = 100;
    Console.WriteLine($"\n{network}, others busy: the time of {Batches} batches in units of the idle time");
    using Contender longSpin = Start("library", network, Batches, Work.Memory, Work.Order);
    using Contender shortSpin = Start("library", network, Batches, Work.Memory, Work.Order, Work.Spin);
    var times = new List<(int Busy, double Long, double Short)>();
    for (int round = -1; round < rounds; round++)
    {
        for (int busy = 0; busy <= 2; busy++)
        {
            Contender[] others = [.. Enumerable.Range(0, busy).Select(_ => Start("busy", network, Batches))];
            (double slow, double fast) = (longSpin.Run()[0], shortSpin.Run()[0]);
            if (round >= 0) // the first round warms up
                times.Add((busy, slow, fast));

            Array.ForEach(others, other => other.Dispose());
        }
    }

    double idle = Median(times.Where(time => time.Busy == 0).Select(time => time.Short));
    Print(
        ["Busy programs", "libgomp's own spin", "short spin"],
        [
            .. times.GroupBy(time => time.Busy).Select(group => (string[])[$"{group.Key}",
                Two(Median(group.Select(time => time.Long)) / idle),
                Two(Median(group.Select(time => time.Short)) / idle)]),
        ]);
}

static void Print(string[] headers, string[][] rows) => Console.WriteLine(new TextTable(headers, rows));

static string Two(double number) => number.ToString("F2", CultureInfo.InvariantCulture);

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
