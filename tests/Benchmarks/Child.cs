using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>
/// What runs in a process of its own: it says "ready", and for each line on its input it does its work once and
/// prints numbers, separated by spaces.
/// </summary>
internal static class Child
{
    public const string Command = "child";

    public const string Memory = "memory";
    public const string Order = "order";
    public const string Spin = "spin";

    private const int ProductSize = 2048;

    /// <param name="arguments">
    /// The kind of work, the network, the number of threads, how many batches, and the means that make it faster.
    /// </param>
    public static void Run(string[] arguments)
    {
        (string work, string network, string[] means) = (arguments[0], arguments[1], arguments[4..]);
        int threads = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        int batches = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        if (work == "busy")
            BeBusy();

        if (means.Contains(Spin))
            TorchRuntime.SpinShortly();

        if (means.Contains(Memory))
            TorchRuntime.KeepFreedMemory();

        set_num_threads(threads);
        manual_seed(42);
        Func<double> run = work switch
        {
            "product" => CreateProduct(),
            "plain" => new PlainLoop(
                Networks.Create(network), FashionMnist.Load(Repository.Data, train: true)).RunEpoch,
            "library" => CreateLibrary(network, batches, channelsLast: means.Contains(Order)),
            _ => throw new ArgumentException($"There is no work \"{work}\"."),
        };

        Console.WriteLine("ready");
        while (Console.ReadLine() is not null)
        {
            long start = Stopwatch.GetTimestamp();
            double result = run();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            double megabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
            Console.WriteLine(FormattableString.Invariant(
                $"{seconds:F4} {result:F4} {Tensor.TotalCount} {megabytes:F0}"));
        }
    }

    /// <returns>An epoch of <see cref="Trainer.TrainModel"/>, which goes on where the last one ended.</returns>
    private static Func<double> CreateLibrary(string network, int batches, bool channelsLast)
    {
        nn.Module<Tensor, Tensor> model = Networks.Create(network);
        if (channelsLast)
            model.ToChannelsLast();

        FashionMnist train = FashionMnist.Load(Repository.Data, train: true);
        long images = Math.Min(train.Count, batches * 64L);
        var loader = new BatchLoader(train.Images[..(int)images], train.Labels[..(int)images], 64);
        optim.Optimizer optimizer = optim.Adam(model.parameters(), lr: 0.0003);
        var criterion = nn.CrossEntropyLoss();
        var options = new TrainOptions { TrainRate = 0.8, NumEpochs = 1 };
        return () => Trainer.TrainModel(model, loader, criterion, optimizer, options).Best.TrainLoss;
    }

    /// <returns>Products of large matrices; their speed in GFLOP/s.</returns>
    private static Func<double> CreateProduct()
    {
        Tensor left = randn(ProductSize, ProductSize);
        Tensor right = randn(ProductSize, ProductSize);
        return () =>
        {
            const int Count = 20;
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Count; i++)
                left.matmul(right).Dispose();

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return Count * 2.0 * ProductSize * ProductSize * ProductSize / 1e9 / seconds;
        };
    }

    // As any other program that computes: it ends when it is killed.
    private static void BeBusy()
    {
        Console.WriteLine("ready");
        while (true)
        {
        }
    }
}
