using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Data.Analysis;

namespace FashionNotebooks;

/// <summary>A table of texts. Columns of numbers stand to the right.</summary>
public sealed class TextTable : CellOutput
{
    private readonly IReadOnlyList<string> headers;
    private readonly IReadOnlyList<IReadOnlyList<string>> rows;
    private readonly bool[] isNumeric;

    /// <param name="headers">A title for each column.</param>
    /// <param name="rows">Rows with as many cells as there are columns.</param>
    /// <exception cref="ArgumentException">A row has more or fewer cells.</exception>
    public TextTable(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.FirstOrDefault(row => row.Count != headers.Count) is { } odd)
            throw new ArgumentException($"A row has {odd.Count} cells: expected {headers.Count}.", nameof(rows));

        this.headers = headers;
        this.rows = rows;
        isNumeric = [.. headers.Select((_, column) => rows.Select(row => row[column]).All(IsNumberOrEmpty))];
    }

    /// <summary>A data frame, its fractions with four digits.</summary>
    public static TextTable Of(DataFrame frame) => new(
        [.. frame.Columns.Select(column => column.Name)],
        [.. frame.Rows.Select(row => (string[])[.. row.Select(Format)])]);

    /// <inheritdoc/>
    public override string ToHtml()
    {
        var html = new StringBuilder("<table>\n<thead>");
        AppendRow(html, headers, "th");
        html.Append("</thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
            AppendRow(html, row, "td");

        return html.Append("</tbody>\n</table>").ToString();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        int[] widths = [.. headers.Select((header, column) => rows.Select(row => row[column].Length).Append(header.Length).Max())];
        IEnumerable<string> lines = rows.Prepend(headers).Select(row => string.Join("  ", row.Select((cell, column) =>
            isNumeric[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        return string.Join('\n', lines);
    }

    private void AppendRow(StringBuilder html, IReadOnlyList<string> cells, string tag)
    {
        html.Append("<tr>");
        for (int column = 0; column < cells.Count; column++)
        {
            // The attribute, not a style: pages that clean the HTML of a notebook leave it.
            string align = isNumeric[column] ? "right" : "left";
            html.Append($"<{tag} align=\"{align}\">{WebUtility.HtmlEncode(cells[column])}</{tag}>");
        }

        html.Append("</tr>\n");
    }

    private static string Format(object? value) => value switch
    {
        double or float => string.Create(CultureInfo.InvariantCulture, $"{value:F4}"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static bool IsNumberOrEmpty(string cell) =>
        cell.Length == 0 || double.TryParse(cell, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);
}
