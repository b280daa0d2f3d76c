using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>A figure of each kind, for theories that hold for each of them.</summary>
internal static class FigureKinds
{
    private static readonly string[] Classes = ["cat", "dog"];

    public static readonly string[] Names =
        [.. typeof(Figures).GetMethods().Where(method => method.IsStatic).Select(method => method.Name).Distinct()];

    public static PlotlyFigure Draw(string name)
    {
        using var scope = NewDisposeScope();
        Tensor labels = tensor([0L, 1L]);
        return name switch
        {
            nameof(Figures.ImageGrid) => Figures.ImageGrid(rand(2, 1, 28, 28), labels, Classes, columns: 2),
            nameof(Figures.Convolution) => Figures.Convolution(rand(1, 1, 28, 28), rand(1, 1, 3, 3), row: 9, column: 9),
            nameof(Figures.TrainingCurves) => Figures.TrainingCurves(new DataFrame(
                from column in new[] { "epoch", "train_loss_all", "val_loss_all", "train_acc_all", "val_acc_all" }
                select new DoubleDataFrameColumn(column, [0.5, 0.6]))),
            nameof(Figures.ConfusionHeatmap) => Figures.ConfusionHeatmap(new ConfusionMatrix(labels, labels, Classes)),
            nameof(Figures.ClassProbabilities) => Figures.ClassProbabilities(tensor([0.5, 0.6]), 0, Classes),
            nameof(Figures.AccuracyStrip) => Figures.AccuracyStrip([new AccuracySample("ConvNet", [0.5, 0.6], 0.9)]),
            nameof(Figures.Architecture) => Figures.Architecture(new ConvNet()),
            _ => throw new ArgumentException($"Draw a figure of the kind {name} here.", nameof(name)),
        };
    }
}
