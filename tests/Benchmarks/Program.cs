using System.Globalization;
using FashionNotebooks.Benchmarks;

// Usage: dotnet run -c Release --project tests/Benchmarks [rounds]
// All that is compared takes turns, round by round, on one machine in one run.
if (args is [Child.Command, ..])
{
    Child.Run(args[1..]);
    return;
}

int rounds = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 5;
string all = $"{Math.Min(2, Environment.ProcessorCount)}";
Console.WriteLine($"{rounds} rounds, {all} threads, {Environment.ProcessorCount} processors, {DateTime.Now:yyyy-MM-dd}");
foreach (string network in Networks.Names)
    EpochBenchmark.Run(network, all, rounds);

foreach (string network in Networks.Names)
    BusyBenchmark.Run(network, all, rounds);

StepBenchmark.Run(int.Parse(all, CultureInfo.InvariantCulture));
StartBenchmark.Run(rounds);
FigureBenchmark.Run(rounds);
