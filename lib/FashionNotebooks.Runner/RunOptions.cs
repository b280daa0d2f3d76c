namespace FashionNotebooks.Runner;

/// <summary>How the notebooks are run.</summary>
/// <param name="Parameters">Values for the variables of the cell tagged <c>parameters</c>.</param>
/// <param name="Output">The folder for the executed notebooks.</param>
/// <param name="InPlace">Whether the executed notebooks also replace those that were read.</param>
/// <param name="Images">Whether figures are saved as pictures that show without JavaScript.</param>
/// <param name="Timeout">How many seconds a cell may take; null for any number.</param>
internal sealed record RunOptions(
    IReadOnlyList<NotebookParameter> Parameters, string Output, bool InPlace, bool Images, int? Timeout);
