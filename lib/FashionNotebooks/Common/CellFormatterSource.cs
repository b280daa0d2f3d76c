namespace FashionNotebooks;

/// <summary>Names the formats in which a <see cref="CellOutput"/> is shown; the hosts find it by its shape.</summary>
internal sealed class CellFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new CellFormatter("text/html", output => output.ToHtml()),
        new CellFormatter("text/plain", output => output.ToString()),
        new CellFormatter("application/vnd.plotly.v1+json", output => (output as PlotlyFigure)?.Specification),
    ];
}

/// <summary>Writes a <see cref="CellOutput"/> in one MIME type.</summary>
internal sealed class CellFormatter(string mimeType, Func<CellOutput, string?> write)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not CellOutput output || write(output) is not { } text)
            return false;

        writer.Write(text);
        return true;
    }
}
