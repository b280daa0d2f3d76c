using System.Reflection;
using Plotly.NET;

namespace FashionNotebooks;

/// <inheritdoc/>
internal sealed class PlotlyCharts : IPlotlyCharts
{
    public string ImageGrid(IReadOnlyList<byte[][]> images, IReadOnlyList<string> titles, int columns) =>
        ImageGridChart.Draw(images, titles, columns).ToSpecification();

    public string TrainingCurves(int[] epochs, double[] trainLoss, double[] valLoss, double[] trainAcc, double[] valAcc) =>
        TrainingCurvesChart.Draw(epochs, trainLoss, valLoss, trainAcc, valAcc).ToSpecification();

    public string ConfusionHeatmap(int[][] counts, IReadOnlyList<string> classes) =>
        ConfusionHeatmapChart.Draw(counts, classes).ToSpecification();

    public string Architecture(IReadOnlyList<(string Operation, int[] Shape)> stages) =>
        ArchitectureChart.Draw(stages).ToSpecification();

    public string ClassProbabilities(double[] probabilities, IReadOnlyList<string> classes, int trueClass) =>
        ClassProbabilitiesChart.Draw(probabilities, classes, trueClass).ToSpecification();

    public string AccuracyStrip(IReadOnlyList<string> networks, double[][] accuracies, double[] means, double[] tutorial) =>
        AccuracyStripChart.Draw(networks, accuracies, means, tutorial).ToSpecification();

    public string ReadPlotlyJs()
    {
        Assembly plotly = typeof(GenericChart).Assembly;
        string name = plotly.GetManifestResourceNames().Single(name => name.EndsWith(".min.js", StringComparison.Ordinal));
        using var reader = new StreamReader(plotly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
