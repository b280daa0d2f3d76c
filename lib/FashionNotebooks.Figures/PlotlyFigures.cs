using static FashionNotebooks.ChartStyle;

namespace FashionNotebooks;

/// <summary>The figures as Plotly charts; those that take more than a few steps have classes of their own.</summary>
internal sealed partial class PlotlyFigures : IFigures
{
    public IDrawing ImageGrid(byte[][][] images, int channels, string[] titles, int columns, bool gridLines) =>
        ImageGridDrawing.Of(images, channels, titles, columns, gridLines);

    public IDrawing Convolution(double[][] image, double[][] kernel, int row, int column) =>
        new ConvolutionChart(image, kernel, row, column).Draw();

    public IDrawing ConvolutionOverChannels(
        double[][][] maps, double[][][] weights, double[] parts, double bias, int row, int column) =>
        ChannelsChart.Draw(maps, weights, parts, bias, row, column);

    public IDrawing LearningKernel(double[][][] kernels, double[] losses, int every) =>
        LearningChart.Draw(kernels, losses, every);

    public IDrawing LossAlongWeight(
        double[] weights, double[] losses, double weight, double loss, double slope, double step, double? after) =>
        ValleyChart.Draw(weights, losses, weight, loss, slope, step, after);

    public IDrawing Architecture(IReadOnlyList<(string Name, IReadOnlyList<NetworkStage> Stages)> networks) =>
        ArchitectureChart.Draw(networks);

    public IDrawing ForwardAndBackward(IReadOnlyList<NetworkStage> stages) => ChainChart.Draw(stages);

    public IDrawing ClassProbabilities(double[] probabilities, string[] classes, int trueClass)
    {
        string[] colors = [.. classes.Select((_, index) => index == trueClass ? "#e69f00" : "#0072b2")];
        var names = new NamesAxis(classes);
        GenericChart bars = Chart.Bar<double, int, string>(
                probabilities, Keys: new(Enumerable.Range(0, classes.Length), true), UseDefaults: false)
            .WithTraces(new
            {
                marker = new { color = colors },
                texttemplate = "%{x:.1%}",
                textposition = "outside",
                hovertemplate = "%{y}: %{x:.4f}<extra></extra>",
                cliponaxis = false,
            });
        int height = 70 + Math.Max(290, classes.Length * names.Height);
        // Long names leave little room beside them on a phone.
        string title = $"Probability{(names.Length < 100 ? " " : "<br>")}(orange: the true class)";
        return new InteractiveDrawing(bars, height, width: null, new
        {
            xaxis = new { type = "linear", title = Title(title), range = new[] { 0, 1 }, automargin = true },
            yaxis = names.ToLayout(isUpright: true),
            margin = new { l = 95, r = 60, t = 10, b = 60 },
        });
    }
}
