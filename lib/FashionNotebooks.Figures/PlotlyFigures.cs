using static System.FormattableString;
using static FashionNotebooks.ChartStyle;
using TextPosition = Plotly.NET.StyleParam.TextPosition;

namespace FashionNotebooks;

/// <summary>The figures as Plotly charts; those that take more than a few steps have classes of their own.</summary>
internal sealed partial class PlotlyFigures : IFigures
{
    public IDrawing ImageGrid(byte[][][] images, int channels, string[] titles, int columns, bool gridLines) =>
        ImageGridDrawing.Of(images, channels, titles, columns, gridLines);

    public IDrawing Convolution(double[][] image, double[][] kernel, int row, int column) =>
        new ConvolutionChart(image, kernel, row, column).Draw();

    public IDrawing Architecture(IReadOnlyList<(string Operation, int[] Shape)> stages) =>
        ArchitectureChart.Draw(stages);

    public IDrawing ClassProbabilities(double[] probabilities, string[] classes, int trueClass)
    {
        string[] labels = [.. probabilities.Select(value => Invariant($"{value:0.0%}"))];
        string[] colors = [.. classes.Select((_, index) => index == trueClass ? "#e69f00" : "#0072b2")];
        GenericChart bars = Chart.Bar<double, string, string>(
                probabilities, Keys: new(classes, true), MultiText: new(labels, true),
                TextPosition: TextPosition.Outside, UseDefaults: false)
            .WithTraces(new { marker = new { color = colors }, hovertemplate = "%{y}: %{x:.4f}<extra></extra>" });
        return new InteractiveDrawing(bars, height: 360, width: null, new
        {
            xaxis = new { title = Title("Probability (orange: the true class)"), range = new[] { 0, 1.15 } },
            yaxis = new { autorange = "reversed", ticksuffix = " " },
            margin = new { l = 95, r = 10, t = 10, b = 60 },
        });
    }
}
