using System.Globalization;
using FashionNotebooks.Benchmarks;

// Usage: dotnet run -c Release --project tests/Benchmarks [-- ROUNDS [SECTION...]]
// All that is compared takes turns, round by round, on one machine in one run.
if (args is [Contender.Command, .. var work])
{
    Work.Run(work);
    return;
}

int rounds = args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 5;
var sections = new Dictionary<string, Action>
{
    ["epochs"] = () => Array.ForEach(Networks.Names, network => Epochs.Compare(network, rounds)),
    ["busy"] = () => Array.ForEach(Networks.Names, network => Spins.Compare(network, rounds)),
    ["side"] = () => Array.ForEach(Networks.Names, network => SideBySide.Compare(network, rounds)),
    ["dilation"] = () => Dilation.Compare(rounds),
};
if (args.Skip(1).FirstOrDefault(name => !sections.ContainsKey(name)) is { } unknown)
    throw new ArgumentException($"There is no section {unknown}: expected {string.Join(", ", sections.Keys)}.");

Console.WriteLine(
    $"{DateTime.Today:yyyy-MM-dd}, {Report.FindProcessor()}, {rounds} rounds, {Report.Threads} threads");
foreach ((_, Action run) in sections.Where(section => args.Length < 2 || args[1..].Contains(section.Key)))
    run();
