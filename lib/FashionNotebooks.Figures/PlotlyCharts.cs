namespace FashionNotebooks;

/// <inheritdoc/>
internal sealed class PlotlyCharts : IPlotlyCharts
{
    public string ImageGrid(IReadOnlyList<byte[][]> images, IReadOnlyList<string> titles, int columns) => "{}";

    public string TrainingCurves(int[] epochs, double[] trainLoss, double[] valLoss, double[] trainAcc, double[] valAcc) => "{}";

    public string ConfusionHeatmap(int[][] counts, IReadOnlyList<string> classes) => "{}";

    public string Architecture(IReadOnlyList<(string Operation, int[] Shape)> stages) => "{}";

    public string ReadPlotlyJs() => "";
}
