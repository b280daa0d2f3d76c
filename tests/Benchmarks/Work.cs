using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>
/// What runs in a process of its own: it says "ready", and for each line on its input it does its work once and
/// prints the seconds that it took, the number of live tensors, and the peak of its memory in MB.
/// </summary>
internal static class Work
{
    public const string Memory = "memory";
    public const string Order = "order";
    public const string ShortSpin = "short-spin";
    public const string Configure = "configure";

    /// <param name="arguments">
    /// The kind of work, the network, the number of threads, how many batches, and the means that make it faster.
    /// </param>
    public static void Run(string[] arguments)
    {
        (string kind, string network, string[] means) = (arguments[0], arguments[1], arguments[4..]);
        int batches = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        int threads = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        if (means.Contains(ShortSpin))
            TorchRuntime.SpinShortly(isTooLate: false);

        if (means.Contains(Memory))
            TorchRuntime.KeepFreedMemory();

        if (means.Contains(Configure))
            TorchRuntime.Configure(threads);

        set_num_threads(threads);
        manual_seed(42);
        Action run = kind switch
        {
            "plain" => CreatePlainLoop(network),
            "library" => CreateLibrary(network, batches, channelsLast: means.Contains(Order)),
            Dilation.Whole or Dilation.Grids => () => Dilation.Run(kind, batches),
            "busy" => () => throw new UnreachableException(),
            _ => throw new ArgumentException($"There is no work \"{kind}\"."),
        };

        Console.WriteLine("ready");
        while (kind == "busy")
        {
            // As any other program that computes: it ends when it is killed.
        }

        while (Console.ReadLine() is not null)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            double megabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
            Console.WriteLine(FormattableString.Invariant($"{seconds:F4} {Tensor.TotalCount} {megabytes:F0}"));
        }
    }

    private static Action CreatePlainLoop(string network)
    {
        var loop = new PlainLoop(Networks.Create(network), FashionMnist.Load(Repository.Data, train: true));
        return () => loop.RunEpoch();
    }

    /// <returns>An epoch of <see cref="Trainer.TrainModel"/>, which goes on where the last one ended.</returns>
    private static Action CreateLibrary(string network, int batches, bool channelsLast)
    {
        nn.Module<Tensor, Tensor> model = Networks.Create(network);
        if (channelsLast)
            model.ToChannelsLast();

        FashionMnist train = FashionMnist.Load(Repository.Data, train: true);
        int images = Math.Min(train.Count, batches * 64);
        var loader = new BatchLoader(train.Images[..images], train.Labels[..images], 64);
        optim.Optimizer optimizer = optim.Adam(model.parameters(), lr: 0.0003);
        var criterion = nn.CrossEntropyLoss();
        var options = new TrainOptions { TrainRate = 0.8, NumEpochs = 1 };
        return () => Trainer.TrainModel(model, loader, criterion, optimizer, options);
    }
}
