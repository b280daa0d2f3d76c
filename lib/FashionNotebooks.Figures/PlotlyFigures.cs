namespace FashionNotebooks;

/// <summary>The figures as Plotly charts, each drawn by a class of its own.</summary>
internal sealed class PlotlyFigures : IFigures
{
    public IDrawing ImageGrid(byte[][][] images, int channels, string[] titles, int columns, bool gridLines) =>
        ImageGridChart.Draw(images, channels, titles, columns, gridLines);

    public IDrawing Convolution(double[][] image, double[][] kernel, int row, int column) =>
        ConvolutionChart.Draw(image, kernel, row, column);

    public IDrawing ClassProbabilities(double[] probabilities, string[] classes, int trueClass) =>
        ClassProbabilitiesChart.Draw(probabilities, classes, trueClass);

    public IDrawing Architecture(IReadOnlyList<(string Operation, int[] Shape)> stages) =>
        ArchitectureChart.Draw(stages);

    public IDrawing TrainingCurves(
        double?[] epochs, double?[] trainLoss, double?[] valLoss, double?[] trainAcc, double?[] valAcc) =>
        TrainingCurvesChart.Draw(epochs, trainLoss, valLoss, trainAcc, valAcc);

    public IDrawing ConfusionHeatmap(int?[][] counts, string[] classes) => ConfusionHeatmapChart.Draw(counts, classes);

    public IDrawing AccuracyStrip(
        IReadOnlyList<(string Network, double[] Accuracies, double? Tutorial)> strips, string title) =>
        AccuracyStripChart.Draw(strips, title);
}
