using static FashionNotebooks.ChartStyle;

namespace FashionNotebooks;

/// <content>The losses of several trainings.</content>
internal sealed partial class PlotlyFigures
{
    // The palette of Okabe and Ito; each colour has a symbol as well, on a few of a line's points.
    private static readonly (string Color, string Symbol)[] Kinds =
    [
        ("#0072b2", "circle"), ("#d55e00", "square"), ("#009e73", "diamond"),
        ("#cc79a7", "triangle-up"), (TextColor, "x"), ("#e69f00", "star"),
    ];

    public IDrawing LossCurves(IReadOnlyList<(string Name, float[] Losses)> runs, double top)
    {
        // A line without points would have no name in the legend; with a blank one it has.
        IEnumerable<GenericChart> curves = runs.Zip(Kinds, (run, kind) =>
            Chart.Line<int, IConvertible, string>(
                    Enumerable.Range(0, Math.Max(1, run.Losses.Length)),
                    run.Losses.Cast<IConvertible>().DefaultIfEmpty()!, ShowMarkers: true,
                    Name: PlainText.ToMarkup(PlainText.Wrap(run.Name, 2 * NamesAxis.LineWidth)), UseDefaults: false)
                .WithTraces(new
                {
                    line = new { color = kind.Color, width = 2 },
                    marker = new { color = kind.Color, symbol = kind.Symbol, size = 9, maxdisplayed = 8 },
                    hovertemplate = "step %{x}: %{y:.4f}",
                }));
        return new InteractiveDrawing(Chart.Combine(curves), height: 360 + (20 * runs.Count), width: null, new
        {
            xaxis = Axis("Step"),
            yaxis = new Dictionary<string, object>(Axis("Loss")) { ["range"] = new[] { 0, top } },
            legend = LegendAbove,
            showlegend = true,
            margin = new { l = 60, r = 10, t = 40, b = 60 },
        });
    }
}
