using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Tests whose tensors and files last as long as the test does.</summary>
public abstract class ScratchTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-");

    protected string Folder => folder.FullName;

    public void Dispose()
    {
        scope.Dispose();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string PathOf(string name) => Path.Combine(Folder, name);
}
