namespace FashionNotebooks;

/// <summary>
/// Something that shows itself when it is the last expression of a notebook cell: as HTML in an editor, as text in a
/// terminal. .NET Interactive finds the formatters through the attribute, Verso calls <see cref="ToHtml"/>.
/// </summary>
[TypeFormatterSource(typeof(CellFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public abstract class CellOutput
{
    /// <summary>The output as a fragment of HTML that needs nothing from a network.</summary>
    public abstract string ToHtml();

    /// <summary>The output as plain text.</summary>
    public abstract override string ToString();
}
