namespace FashionNotebooks;

/// <summary>
/// An axis of names, each at its number from 0. By the names alone plotly.js would guess what they are, and take digits
/// for numbers, dates for times and two of the same name for one.
/// </summary>
/// <param name="names">The names, at least one.</param>
internal sealed class NamesAxis(IEnumerable<string> names)
{
    /// <summary>What a line of a name has room for, in em: some 20 letters.</summary>
    public const double LineWidth = 12;

    private readonly string[][] labels = [.. names.Select(name => PlainText.Wrap(name, LineWidth))];

    /// <summary>About how many pixels the longest line is wide.</summary>
    public int Length => (int)(ChartStyle.TextSize * labels.Max(lines => lines.Max(PlainText.Width)));

    /// <summary>How many pixels the name with the most lines is high, and a little more.</summary>
    public int Height => 4 + (18 * labels.Max(lines => lines.Length));

    /// <summary>The axis as plotly.js takes it, from left to right or from the top to the bottom.</summary>
    public Dictionary<string, object> ToLayout(bool isUpright) => new()
    {
        ["type"] = "linear",
        ["range"] = isUpright ? new[] { labels.Length - 0.5, -0.5 } : [-0.5, labels.Length - 0.5],
        ["tickvals"] = Enumerable.Range(0, labels.Length),
        ["ticktext"] = labels.Select(PlainText.ToMarkup),
        ["ticks"] = "outside",
        ["automargin"] = true,
        ["showgrid"] = false,
        ["zeroline"] = false,
    };
}
