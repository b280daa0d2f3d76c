namespace FashionNotebooks;

/// <summary>A Plotly chart. It needs no network: the HTML of an interactive one brings plotly.js along.</summary>
[TypeFormatterSource(typeof(PlotlyFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", MimeType])]
public sealed class PlotlyFigure : CellOutput
{
    internal const string MimeType = "application/vnd.plotly.v1+json";

    private readonly IDrawing drawing;

    internal PlotlyFigure(IDrawing drawing, string description)
    {
        this.drawing = drawing;
        Description = string.Concat(description.ReplaceLineEndings(" ").Where(letter => !char.IsControl(letter)));
    }

    /// <summary>The chart as Plotly's JSON: <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public string Specification => drawing.Specification;

    /// <summary>What the figure shows, in words: for those who cannot see it.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToHtml() => drawing.ToHtml(Description);

    /// <inheritdoc/>
    public override string ToString() => Description;
}

/// <summary>Names the formats of every output, and Plotly's own.</summary>
internal sealed class PlotlyFormatterSource : CellFormatterSource
{
    public override IEnumerable<object> CreateTypeFormatters() => base.CreateTypeFormatters()
        .Append(new CellFormatter<PlotlyFigure>(PlotlyFigure.MimeType, figure => figure.Specification));
}
