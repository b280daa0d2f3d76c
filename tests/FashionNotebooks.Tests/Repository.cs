namespace FashionNotebooks.Tests;

/// <summary>Where things are in this clone.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Data { get; } = Path.Combine(Root, "data", "fashion-mnist");

    public static string LibraryProject { get; } =
        Path.Combine(Root, "lib", "FashionNotebooks", "FashionNotebooks.csproj");

    public static string Notebooks { get; } = Path.Combine(Root, "notebooks");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FashionNotebooks.sln")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException("FashionNotebooks.sln is in no parent folder.");
        }

        return folder.FullName;
    }
}
