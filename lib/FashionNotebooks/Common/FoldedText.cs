using System.Net;

namespace FashionNotebooks;

/// <summary>A long text that a page shows when its title is clicked.</summary>
/// <param name="title">What the text is.</param>
/// <param name="text">The text, shown as it is.</param>
public sealed class FoldedText(string title, string text) : CellOutput
{
    /// <inheritdoc/>
    public override string ToHtml() =>
        $"<details>\n<summary>{WebUtility.HtmlEncode(title)}</summary>\n\n"
        + $"<pre>{WebUtility.HtmlEncode(text)}</pre>\n</details>";

    /// <inheritdoc/>
    public override string ToString() => text;
}
