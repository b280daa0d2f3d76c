namespace FashionNotebooks;

/// <summary>What a cell has not made, since it was stopped or has failed: its variables are null.</summary>
internal static class Unmade
{
    /// <summary>Says which cell to run.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static void ThrowIfNull(object? value, string name)
    {
        if (value is null)
        {
            throw new ArgumentNullException(
                null, $"There is no {name}: the cell that makes it was stopped, or has failed. Run it again.");
        }
    }
}
