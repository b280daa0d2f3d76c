namespace FashionNotebooks.Tests;

internal static class Refused
{
    /// <summary>The action throws an ArgumentException with such words in its message.</summary>
    public static void With(string words, Action action) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(action).Message);
}
