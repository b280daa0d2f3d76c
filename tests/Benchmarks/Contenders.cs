namespace FashionNotebooks.Benchmarks;

/// <summary>Contenders that end together.</summary>
internal sealed class Contenders : IDisposable
{
    private readonly List<Contender> contenders = [];

    public Contender Add(Contender contender)
    {
        contenders.Add(contender);
        return contender;
    }

    public void Dispose() => contenders.ForEach(contender => contender.Dispose());
}
