namespace FashionNotebooks.Runner;

/// <summary>What cells read from in place of a keyboard.</summary>
internal sealed class NoInput : TextReader
{
    public const string Reason =
        "The cell asks for input, and a run without an editor has none: write the value into the code.";

    public override int Peek() => throw new InvalidOperationException(Reason);

    public override int Read() => Peek();
}
