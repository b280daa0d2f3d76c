using System.Net;

namespace FashionNotebooks;

/// <summary>A figure, in HTML on a white card.</summary>
internal abstract class Drawing : IDrawing
{
    public abstract string Specification { get; }

    // Charts are white in any theme. In a dark one this is a card; in a light one only the drawing is seen.
    public string ToHtml(string description) => $"""
        <div style="box-sizing: border-box; width: fit-content; max-width: 100%; padding: 12px; overflow-x: auto;
                    border-radius: 8px; background: #fff; color: {ChartStyle.TextColor}; color-scheme: light">
        {WriteContent(WebUtility.HtmlEncode(description))}
        </div>
        """;

    /// <summary>What is on the card, as HTML.</summary>
    /// <param name="words">The description, encoded for HTML.</param>
    protected abstract string WriteContent(string words);
}
