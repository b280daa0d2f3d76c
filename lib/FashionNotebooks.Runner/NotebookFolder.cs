namespace FashionNotebooks.Runner;

/// <summary>Where the project's notebooks are, and where the executed ones go.</summary>
internal static class NotebookFolder
{
    /// <summary>The notebook that trains the tutorial's networks with many seeds.</summary>
    public const string SeedsNotebook = "7-ten-seeds";

    /// <summary>The notebook that makes the network better, one change at a time.</summary>
    public const string RecipesNotebook = "9-from-090-to-093";

    /// <summary>Those that train for half an hour or more: they are only run when asked for.</summary>
    public static IReadOnlyList<string> LongNotebooks { get; } = [SeedsNotebook, RecipesNotebook];

    public static string DefaultOutput() => Path.Combine(RequireRoot(), "artifacts", "notebooks");

    /// <summary>All notebooks of the project but <see cref="LongNotebooks"/>, or those named.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> names)
    {
        if (names.Count > 0 && names.All(File.Exists))
            return [.. names.Select(Path.GetFullPath)];

        string[] all = Directory.GetFiles(Path.Combine(RequireRoot(), "notebooks"), "*.ipynb");
        Array.Sort(all, StringComparer.Ordinal);
        string[] known = [.. all.Select(path => Path.GetFileNameWithoutExtension(path))];
        return names.Count == 0
            ? [.. all.Where((_, index) => !LongNotebooks.Contains(known[index]))]
            : [.. names.Select(name => File.Exists(name) ? Path.GetFullPath(name)
                : all.FirstOrDefault(path => path.EndsWith($"{Path.DirectorySeparatorChar}{name}.ipynb")
                    || Path.GetFileName(path) == name)
                ?? throw new RunnerException(
                    $"{name}: There is no such notebook. Give a path, or one of: {string.Join(", ", known)}."))];
    }

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
