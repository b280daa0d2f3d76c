using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Analysis;
using Wcwidth;

namespace FashionNotebooks;

/// <summary>A table of texts. Columns of numbers stand to the right.</summary>
/// <param name="headers">A title for each column.</param>
/// <param name="rows">Rows with as many cells as there are columns.</param>
/// <exception cref="ArgumentException">A row has more or fewer cells.</exception>
public sealed class TextTable(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows) : CellOutput
{
    private readonly IReadOnlyList<IReadOnlyList<string>> rows =
        rows.FirstOrDefault(row => row.Count != headers.Count) is not { } odd ? rows
        : throw new ArgumentException($"A row has {odd.Count} cells: expected {headers.Count}.", nameof(rows));

    private readonly bool[] isNumeric =
        [.. headers.Select((_, column) => rows.Select(row => row[column]).All(IsNumberOrEmpty))];

    /// <summary>A data frame, its fractions with four digits.</summary>
    public static TextTable Of(DataFrame frame) => new(
        [.. frame.Columns.Select(column => column.Name)],
        [.. frame.Rows.Select(row => (string[])[.. row.Select(Format)])]);

    /// <inheritdoc/>
    public override string ToHtml()
    {
        string body = string.Concat(rows.Select(row => ToHtml(row, "td")));
        return $"<table>\n<thead>{ToHtml(headers, "th")}</thead>\n<tbody>\n{body}</tbody>\n</table>";
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string[][] all = [.. rows.Prepend(headers).Select(row => (string[])[
            .. row.Select(cell => Regex.Replace(cell, @"[\p{Cc}\p{Zl}\p{Zp}]+", " "))])];
        int[] widths = [.. headers.Select((_, column) => all.Max(row => Width(row[column])))];
        IEnumerable<string> lines = all.Select(row => string.Join("  ", row.Select((cell, column) =>
        {
            string space = new(' ', widths[column] - Width(cell));
            return isNumeric[column] ? space + cell : cell + space;
        })).TrimEnd());
        return string.Join('\n', lines);
    }

    // In columns of a terminal: a Chinese character or an emoji takes two, an accent that is added to a letter none.
    private static int Width(string cell) => cell.EnumerateRunes().Sum(rune => UnicodeCalculator.GetWidth(rune.Value));

    // A host that sanitises HTML keeps the attribute and drops the style; elsewhere the style overrides the host's own.
    private string ToHtml(IReadOnlyList<string> row, string tag) => $"<tr>{string.Concat(row.Select((cell, column) =>
    {
        string side = isNumeric[column] ? "right" : "left";
        return $"<{tag} align=\"{side}\" style=\"text-align: {side}\">{WebUtility.HtmlEncode(cell)}</{tag}>";
    }))}</tr>\n";

    private static string Format(object? value) => value switch
    {
        double or float => string.Create(CultureInfo.InvariantCulture, $"{value:F4}"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static bool IsNumberOrEmpty(string cell) =>
        cell.Length == 0 || double.TryParse(cell.TrimEnd('%', ' '), CultureInfo.InvariantCulture, out _);
}
