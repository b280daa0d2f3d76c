namespace FashionNotebooks.Runner;

/// <summary>What a page can lead to: the pages of the course, and pictures, which are copied beside them.</summary>
/// <param name="sources">The notebooks and Markdown files that have pages, by name.</param>
/// <param name="from">The folder that relative links begin in.</param>
/// <param name="output">The folder of the pages.</param>
internal sealed class PageLinks(IReadOnlyCollection<string> sources, string from, string output)
{
    public const string Front = "index.html";

    public static string FileName(string source) => Path.ChangeExtension(source, ".html");

    /// <returns>The page of a file; null if it has none.</returns>
    public string? Find(string link) =>
        link == "../README.md" ? Front : sources.Contains(link) ? FileName(link) : null;

    /// <summary>Whether a file lies beside the pages.</summary>
    public bool HasFile(string name) => File.Exists(Path.Combine(output, name));

    /// <returns>Where the page finds the picture; null if there is none.</returns>
    public string? CopyPicture(string link)
    {
        string file = Path.Combine(from, link);
        if (!link.StartsWith("pictures/", StringComparison.Ordinal) || link.Contains("..") || !File.Exists(file))
            return null;

        string copy = Path.Combine(output, link);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy, overwrite: true);
        return link;
    }
}
