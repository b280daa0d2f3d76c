using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>
/// The second convolution of the dilated network, forward and back: as libtorch computes it, and as four ordinary ones
/// on the four grids of every second pixel, as exercise 4 of notebook 4 does.
/// </summary>
internal static class Dilation
{
    public const string Whole = "dilated";
    public const string Grids = "grids";

    private const int Steps = 100;

    public static void Compare(int rounds)
    {
        Console.WriteLine("\nA dilated convolution as four ordinary ones, in units of libtorch's dilated one");
        using Contender whole = Start(Whole), grids = Start(Grids);
        Report.PrintRatio(rounds, [whole, grids], () => grids.Run()[0] / whole.Run()[0]);

        static Contender Start(string kind) =>
            Report.Start(kind, Networks.Names[^1], Report.Threads, Steps, Work.Memory);
    }

    /// <summary>What a process does: so many steps, forward and back.</summary>
    public static void Run(string kind, int steps)
    {
        using var scope = NewDisposeScope();
        Tensor maps = rand(64, 16, 13, 13, requires_grad: true);
        Tensor weights = rand(32, 16, 3, 3, requires_grad: true);
        for (int step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            (kind == Whole ? OfWhole(maps, weights) : OfGrids(maps, weights)).sum().backward();
        }
    }

    private static Tensor OfWhole(Tensor maps, Tensor weights) =>
        nn.functional.conv2d(maps, weights, dilation: new[] { 2L });

    private static Tensor OfGrids(Tensor maps, Tensor weights)
    {
        Tensor result = empty(64, 32, 9, 9);
        for (int place = 0; place < 4; place++)
        {
            TensorIndex[] grid =
            [
                TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(start: place / 2, step: 2),
                TensorIndex.Slice(start: place % 2, step: 2),
            ];
            result[grid] = nn.functional.conv2d(maps[grid], weights);
        }

        return result;
    }
}
