using static FashionNotebooks.ChartStyle;
using Mode = Plotly.NET.StyleParam.Mode;

namespace FashionNotebooks;

/// <summary>
/// A network as a chain up to its loss: above it what flows forward, below it what flows back, and at each layer with
/// weights the gradient that stays there.
/// </summary>
internal static class ChainChart
{
    private const int LeastPitch = 71; // ten boxes are as wide as a column
    private const int LeastWidth = 430; // for the texts below
    private const int SmallText = 12;
    private const string Blue = "#005a8c";
    private const string Green = "#00664a";

    public static IDrawing Draw(IReadOnlyList<NetworkStage> stages)
    {
        NetworkStage[] chain = [.. stages, new("Loss", [], [], [])];
        string[][] names = [.. chain.Select(stage => PlainText.Wrap(stage.Operation.Replace(", ", "\n"), width: 5.7))];
        string[] shapes = [.. stages.Select(stage => Write(stage.Shape))];
        double widest = shapes.Concat(chain.Select(stage => Write(stage.Weight))).Max(PlainText.Width);
        int pitch = Math.Max(LeastPitch, (int)(SmallText * widest) + 10);
        int half = Math.Max(30, 8 * names.Max(name => name.Length));
        (int flow, int width) = (half + 20, Math.Max(LeastWidth, pitch * chain.Length));
        double Middle(int index) => (width / 2.0) + ((index + 0.5 - (chain.Length / 2.0)) * pitch);
        bool hasBiases = stages.Any(stage => stage.Bias.Length > 0);
        int low = -flow - (hasBiases ? 144 : 128);
        string kept = $"Gradients for {(hasBiases ? "weights and biases" : "the weights")}: the optimizer uses these";
        List<object> marks =
        [
            Text(width / 2, flow + 42, "Forward: values, from the image to the loss", TextSize, color: Blue),
            Text(width / 2, low + 36, "Backward: a gradient for each value above", TextSize, color: OrangeTextColor),
            Text(width / 2, low + 14, kept, TextSize, color: Green),
        ];
        foreach ((int index, string shape) in shapes.Index())
        {
            (double from, double to) = (Middle(index) + 4, Middle(index + 1) - 4);
            marks.AddRange(Arrow(from, flow, to, flow, Blue), Label((from + to) / 2, flow + 14, shape, Blue));
            // Nobody asks for the gradient of the image.
            if (index > 0)
            {
                marks.AddRange(
                    Arrow(to, -flow, from, -flow, Orange),
                    Label((from + to) / 2, -flow - 14, shape, OrangeTextColor));
            }

            if (stages[index].Weight is { Length: > 0 } weight)
            {
                double x = Middle(index);
                marks.AddRange(
                    Arrow(x, -flow - 24, x, -flow - 50, Green), Label(x, -flow - 62, Write(weight), Green));
                if (stages[index].Bias is { Length: > 0 } bias)
                    marks.Add(Label(x, -flow - 78, Write(bias), Green));
            }
        }

        GenericChart texts = Chart.Scatter<double, int, string>(
                chain.Select((_, index) => Middle(index)), chain.Select(_ => 0), Mode.Text,
                MultiText: names.Select(PlainText.ToMarkup).ToArray(), UseDefaults: false)
            .WithTraces(new { textfont = new { size = SmallText }, hoverinfo = "skip" });
        IEnumerable<object> boxes = chain.Select((stage, index) => Box(Middle(index), half, stage));
        return InPixels(texts, width, low, high: flow + 58, marks, boxes);
    }

    private static string Write(int[] shape) => string.Join("×", shape);

    private static object Label(double x, double y, string text, string color) =>
        Text(x, y, text, SmallText, color: color);

    private static object Box(double middle, int half, NetworkStage stage) => new
    {
        type = "rect",
        layer = "below",
        x0 = middle - 33,
        x1 = middle + 33,
        y0 = -half,
        y1 = half,
        line = new { width = 0 },
        fillcolor = ArchitectureChart.Colors(stage.Operation).Light,
    };
}
