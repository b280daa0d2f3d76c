namespace FashionNotebooks.Tests;

/// <summary>Keeps what is printed, until it is disposed.</summary>
internal sealed class CapturedConsole : IDisposable
{
    private readonly TextWriter console = Console.Out;
    private readonly StringWriter printed = new();

    public CapturedConsole() => Console.SetOut(printed);

    public string Text => printed.ToString().ReplaceLineEndings("\n");

    public void Clear() => printed.GetStringBuilder().Clear();

    public void Dispose() => Console.SetOut(console);
}
