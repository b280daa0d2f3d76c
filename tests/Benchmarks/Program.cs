using System.Globalization;
using FashionNotebooks.Benchmarks;

// Usage: dotnet run -c Release --project tests/Benchmarks [-- ROUNDS [SECTION...]]
// All that is compared takes turns, round by round, on one machine in one run.
if (args is [Child.Command, ..])
{
    Child.Run(args[1..]);
    return;
}

int rounds = args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 5;
int threads = Math.Min(2, Environment.ProcessorCount);
var sections = new Dictionary<string, Action>
{
    ["epochs"] = () => Array.ForEach(Networks.Names, network => EpochBenchmark.Run(network, threads, rounds)),
    ["busy"] = () => Array.ForEach(Networks.Names, network => BusyBenchmark.Run(network, threads, rounds)),
    ["step"] = () => StepBenchmark.Run(threads),
    ["start"] = () => StartBenchmark.Run(rounds),
    ["figures"] = () => FigureBenchmark.Run(rounds),
};
if (args.Skip(1).FirstOrDefault(name => !sections.ContainsKey(name)) is { } unknown)
    throw new ArgumentException($"There is no section {unknown}: expected {string.Join(", ", sections.Keys)}.");

Console.WriteLine($"{rounds} rounds, {threads} threads, {Environment.ProcessorCount} processors");
foreach ((_, Action run) in sections.Where(section => args.Length < 2 || args[1..].Contains(section.Key)))
    run();
