namespace FashionNotebooks.Runner;

/// <summary>Where the project's notebooks are, and where the executed ones go.</summary>
internal static class CourseNotebooks
{
    /// <summary>The notebook that trains the tutorial's networks with many seeds.</summary>
    public const string SeedsNotebook = "7-ten-seeds";

    /// <summary>The notebook that makes the network better, one change at a time.</summary>
    public const string RecipesNotebook = "9-from-090-to-093";

    /// <summary>Those that train for half an hour or more: they are only run when asked for.</summary>
    public static IReadOnlyList<string> LongNotebooks { get; } = [SeedsNotebook, RecipesNotebook];

    public static string DefaultOutput() => Path.Combine(RequireRoot(), "artifacts", "notebooks");

    /// <summary>All notebooks of the project but <see cref="LongNotebooks"/>, or those named.</summary>
    /// <param name="names">Files, or names of the project's notebooks, with or without extension.</param>
    /// <exception cref="RunnerException">There is none of a name.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> names) => names.Count > 0
        ? [.. names.Select(FindOne)]
        : [.. FindAll().Where(path => !IsLong(path))];

    public static bool IsLong(string path) => LongNotebooks.Contains(Path.GetFileNameWithoutExtension(path));

    private static string FindOne(string name)
    {
        if (File.Exists(name))
            return Path.GetFullPath(name);

        IReadOnlyList<string> all = FindAll();
        var known = all.Select(path => Path.GetFileNameWithoutExtension(path));
        return all.FirstOrDefault(path => Path.GetFileName(path) == name || Path.GetFileName(path) == name + ".ipynb")
            ?? throw new RunnerException($"{name} is neither a notebook nor an option. Give a path, one of "
                + $"{string.Join(", ", known)}, or --help for the options.");
    }

    private static IReadOnlyList<string> FindAll() =>
        [.. Directory.GetFiles(Path.Combine(RequireRoot(), "notebooks"), "*.ipynb").Order(StringComparer.Ordinal)];

    private static string RequireRoot() => FindRoot() ?? throw new RunnerException(
        $"FashionNotebooks.sln is in no folder above {AppContext.BaseDirectory}: "
        + "build the runner inside the repository, or give paths and --output.");

    /// <summary>The clone's folder; null if the runner lies in none.</summary>
    public static string? FindRoot()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "FashionNotebooks.sln")))
            root = Path.GetDirectoryName(root);

        return root;
    }
}
