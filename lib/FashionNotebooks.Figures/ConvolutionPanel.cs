using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace FashionNotebooks;

/// <summary>A part of <see cref="ConvolutionChart"/>: numbers as shades of grey.</summary>
/// <param name="Axis">What plotly.js appends to the names of its axes.</param>
/// <param name="Values">The numbers, top row first.</param>
/// <param name="Black">The number shown in black; a negative one makes zero light enough for dark text.</param>
/// <param name="White">The number shown in white.</param>
/// <param name="Across">Where it begins and ends from left to right, as shares of the chart.</param>
/// <param name="Upward">Where it begins and ends from below, as shares of the chart.</param>
/// <param name="HasNumbers">Whether each number is written on its shade.</param>
internal sealed record ConvolutionPanel(
    string Axis, double[][] Values, double Black, double White, double[] Across, double[] Upward,
    bool HasNumbers = false)
{
    private static readonly object[] Grey = [new object[] { 0, "#000000" }, new object[] { 1, "#ffffff" }];

    private static readonly object[] Signed = [Grey[0], new object[] { 0.5, "#b8b8b8" }, Grey[1]];

    public GenericChart Draw()
    {
        GenericChart picture = Chart.Heatmap<double, int, int, string>(Values, ShowScale: false, UseDefaults: false)
            .WithTraces(new
            {
                xaxis = "x" + Axis,
                yaxis = "y" + Axis,
                zmin = Black,
                zmax = White,
                colorscale = Black < 0 ? Signed : Grey,
                hovertemplate = "row %{y}, column %{x}: %{z:.2f}<extra></extra>",
            });
        return !HasNumbers ? picture
            : picture.WithTraces(new { texttemplate = "%{z:.2f}", textfont = new { size = 11 }, xgap = 2, ygap = 2 });
    }

    /// <summary>Gives the panel its place, with row 0 on top; pixel 0 reaches from -0.5 to 0.5.</summary>
    public void PlaceIn(Layout layout)
    {
        layout.SetProperty("xaxis" + Axis, Direction(Across, [-0.5, Values[0].Length - 0.5], "y" + Axis));
        layout.SetProperty("yaxis" + Axis, Direction(Upward, [Values.Length - 0.5, -0.5], "x" + Axis));
    }

    private static object Direction(double[] domain, double[] range, string anchor) =>
        new { domain, range, anchor, visible = false, fixedrange = true };
}
