using System.Diagnostics;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>How long each figure takes to make, and how large it is.</summary>
internal static class FigureBenchmark
{
    private static readonly string[] Columns = ["train_loss_all", "val_loss_all", "train_acc_all", "val_acc_all"];

    public static void Run(int rounds)
    {
        using var scope = NewDisposeScope();
        manual_seed(42);
        using FashionMnist test = FashionMnist.Load(Repository.Data, train: false);
        (Tensor images, Tensor labels) = (test.Images[..64], test.Labels[..64]);
        using var model = new ConvNet();
        Tensor logits = Evaluator.Logits(model, test.Images);
        var confusion = new ConfusionMatrix(test.Labels, logits.argmax(1), FashionMnist.Classes);
        Tensor kernel = rand(1, 1, 3, 3);
        int[] epochs = [.. Enumerable.Range(0, 25)];
        double[] values = [.. epochs.Select(epoch => 1.0 / (epoch + 2))];
        var trainProcess = new DataFrame(
            [
                new Int32DataFrameColumn("epoch", epochs),
                .. Columns.Select(name => new DoubleDataFrameColumn(name, values)),
            ]);
        AccuracySample[] samples = [.. Networks.Names.Select(name => new AccuracySample(name, values[..10], 0.9))];
        (string Name, Func<PlotlyFigure> Draw)[] figures =
        [
            ("ImageGrid, 64 images", () => Figures.ImageGrid(images, labels, FashionMnist.Classes, columns: 16)),
            ("Convolution", () => Figures.Convolution(images[..1], kernel, row: 10, column: 10)),
            ("Architecture", () => Figures.Architecture(model)),
            ("TrainingCurves", () => Figures.TrainingCurves(trainProcess)),
            ("ConfusionHeatmap", () => Figures.ConfusionHeatmap(confusion)),
            ("ClassProbabilities", () => Figures.ClassProbabilities(logits[0], 0, FashionMnist.Classes)),
            ("AccuracyStrip", () => Figures.AccuracyStrip(samples)),
        ];

        Console.WriteLine("\nFigures: the median time of making the specification, and its size");
        Report.Print(
            ["Figure", "First, ms", "Later, ms", "KB"],
            [.. figures.Select(figure =>
            {
                double[] times = [.. Enumerable.Range(0, rounds + 1).Select(_ => Milliseconds(figure.Draw))];
                double kilobytes = figure.Draw().Specification.Length / 1e3;
                return (string[])
                    [figure.Name, $"{times[0]:F0}", $"{Report.Median(times[1..]):F1}", $"{kilobytes:F0}"];
            })]);
    }

    private static double Milliseconds(Func<PlotlyFigure> draw)
    {
        long start = Stopwatch.GetTimestamp();
        draw();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
