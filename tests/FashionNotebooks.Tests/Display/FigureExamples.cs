using System.Reflection;
using Microsoft.Data.Analysis;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Small figures, one or more for each method of <see cref="Figures"/> and named after it.</summary>
internal sealed class FigureExamples : IDisposable
{
    private static readonly string[] Classes = ["cat", "dog", "bird"];

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor images = arange(0, 12, float32).reshape(2, 1, 2, 3) / 11;
    private readonly Tensor image = arange(0, 12, float32).reshape(1, 1, 3, 4) / 11;
    private readonly Tensor kernel = tensor(new[] { 1, -1, 0, 0.5f }).reshape(1, 1, 2, 2);

    // The logarithms of 1, 2 and 5: their softmax is 1/8, 2/8 and 5/8.
    private readonly Tensor logits = tensor(new[] { 1f, 2, 5 }).log();

    private readonly nn.Module<Tensor, Tensor> network = nn.Sequential(
        nn.Conv2d(1, 2, 3, dilation: 2), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(288, 3));

    private readonly nn.Module<Tensor, Tensor> other =
        nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(1352, 3));

    private readonly ConfusionMatrix confusion =
        new(tensor([0L, 0, 0, 1, 2, 2, 2, 2]), tensor([0L, 1, 1, 1, 2, 2, 2, 1]), Classes);

    public static TheoryData<string> Names =>
        [.. typeof(FigureExamples).GetMethods().Where(IsExample).Select(method => method.Name)];

    public void Dispose()
    {
        network.Dispose();
        other.Dispose();
        scope.Dispose();
    }

    public PlotlyFigure Draw(string name) =>
        typeof(FigureExamples).GetMethod(name)!.CreateDelegate<Func<PlotlyFigure>>(this)();

    public PlotlyFigure ImageGrid() =>
        Figures.ImageGrid(images, ["\"coat\" & <b>", "bag\nnot a 🧥"], columns: 2);

    public PlotlyFigure Convolution() => Figures.Convolution(image, kernel, row: 0, column: 1);

    public PlotlyFigure ClassProbabilities() => Figures.ClassProbabilities(logits, trueClass: 1, Classes);

    public PlotlyFigure Architecture() => Figures.Architecture(network);

    public PlotlyFigure ArchitectureOfTwo() => Figures.Architecture(network, other);

    public PlotlyFigure ForwardAndBackward() => Figures.ForwardAndBackward(network);

    public PlotlyFigure ConvolutionOverChannels()
    {
        using var scope = NewDisposeScope();
        return Figures.ConvolutionOverChannels(
            cat([image, -image], 1), cat([kernel[0], kernel[0] * 2]), bias: 0.25, row: 1, column: 2);
    }

    public PlotlyFigure LearningKernel()
    {
        using var scope = NewDisposeScope();
        return Figures.LearningKernel([kernel[0, 0] * 2, kernel[0, 0]], [1.5f, 0.25f], every: 10);
    }

    public PlotlyFigure LossAlongWeight() => Figures.LossAlongWeight(
        [-1, 0, 1, 2], [1, 0, 1, 4], weight: 1.5, loss: 2.25, slope: 3, learningRate: 0.25);

    public PlotlyFigure LossCurves() => Figures.LossCurves(new Dictionary<string, IReadOnlyList<float>>
    {
        ["rate 0.1"] = [2.25f, 1.5f, 0.75f],
        ["rate <1>"] = [2.5f, 80, float.PositiveInfinity],
    });

    public PlotlyFigure TrainingCurves() => Figures.TrainingCurves(CreateTrainProcess());

    public PlotlyFigure ConfusionHeatmap() => Figures.ConfusionHeatmap(confusion);

    public PlotlyFigure ConfusionHeatmapOfMistakes() => Figures.ConfusionHeatmap(confusion, mistakesOnly: true);

    public PlotlyFigure AccuracyStrip() => Figures.AccuracyStrip(
        [new("Plain", [0.90, 0.91, 0.92], 0.9073), new("Third", [0.5], null), new("Dilated", [0.88, 0.9], 0.8841)]);

    public PlotlyFigure AccuracyStripWithoutTutorial() =>
        Figures.AccuracyStrip([new("One", [0.5, 0.7], null)], "Validation accuracy");

    public PlotlyFigure ReliabilityCurve()
    {
        using var scope = NewDisposeScope();
        return Figures.ReliabilityCurve(
            new Calibration(tensor([0L, 1, 1]), tensor(new[,] { { 2f, 1 }, { 4, 1 }, { -1, 1 } })));
    }

    /// <summary>Two epochs, the second without a validation loss.</summary>
    internal static DataFrame CreateTrainProcess() => new(
        new Int32DataFrameColumn("epoch", [0, 1]),
        new DoubleDataFrameColumn("train_loss_all", [0.77, 0.55]),
        new DoubleDataFrameColumn("val_loss_all", [0.56, null]),
        new DoubleDataFrameColumn("train_acc_all", [0.71, 0.8]),
        new DoubleDataFrameColumn("val_acc_all", [0.78, 0.75]));

    private static bool IsExample(MethodInfo method) => method.ReturnType == typeof(PlotlyFigure)
        && method.GetParameters().Length == 0;
}
