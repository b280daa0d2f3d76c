namespace FashionNotebooks;

/// <summary>A Plotly chart. It needs no network: the HTML of an interactive one brings plotly.js along.</summary>
[TypeFormatterSource(
    typeof(CellFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", "application/vnd.plotly.v1+json"])]
public sealed class PlotlyFigure : CellOutput
{
    internal PlotlyFigure(string specification, string description)
    {
        Specification = specification;
        Description = description;
    }

    /// <summary>The chart as Plotly's JSON: <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public string Specification { get; }

    /// <summary>What the figure shows, in words: for those who cannot see it.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToHtml() => PlotlyLoadContext.Call("FigureHtml", "Write", Specification, Description);

    /// <inheritdoc/>
    public override string ToString() => Description;
}
