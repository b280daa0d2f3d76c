namespace FashionNotebooks;

/// <summary>
/// Names the formats in which a <see cref="CellOutput"/> is shown. .NET Interactive calls what it finds under the names
/// of these methods and properties, so that the library needs no reference to it.
/// </summary>
internal class CellFormatterSource
{
    public virtual IEnumerable<object> CreateTypeFormatters() =>
    [
        new CellFormatter<CellOutput>("text/html", output => output.ToHtml()),
        new CellFormatter<CellOutput>("text/plain", output => output.ToString()),
    ];
}

/// <summary>Writes outputs of one type in one MIME type.</summary>
internal sealed class CellFormatter<T>(string mimeType, Func<T, string> write)
    where T : CellOutput
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T output)
            return false;

        writer.Write(write(output));
        return true;
    }
}

/// <summary>
/// Tells .NET Interactive how to show a type. The kernel looks for an attribute of this name with these properties.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
