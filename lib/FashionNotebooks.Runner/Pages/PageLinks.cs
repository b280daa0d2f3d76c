namespace FashionNotebooks.Runner;

/// <summary>What a page can lead to: the pages of the course, and pictures, which are copied beside them. Paths begin
/// in the folder of the notebooks, and have slashes.</summary>
/// <param name="sources">The notebooks and Markdown files that have pages, such as <c>zh/glossary.md</c>.</param>
/// <param name="from">The folder of the notebooks.</param>
/// <param name="output">The folder of the pages.</param>
internal sealed class PageLinks(IReadOnlyCollection<string> sources, string from, string output)
{
    public const string Front = "index.html";

    /// <returns>The page of a file, as a link from another file's page; null if there is none.</returns>
    public string? Find(string link, string source)
    {
        string[] parts = link.Split('#', 2);
        if (parts[0] == "")
            return link;

        string target = Normalize(parts[0], source);
        Edition? front = new[] { Edition.English, Edition.Chinese }
            .FirstOrDefault(edition => target == "../" + edition.Readme);
        string? page = front is not null ? front.Folder + Front
            : sources.Contains(target) ? Path.ChangeExtension(target, ".html") : null;
        return page is null ? null : string.Join('#', [Relate(page, source), .. parts[1..]]);
    }

    /// <returns>The picture, as a link from a file's page; null if there is none.</returns>
    public string? CopyPicture(string link, string source)
    {
        string picture = Normalize(link, source);
        string file = Path.GetFullPath(Path.Combine(from, picture));
        if (!picture.StartsWith("pictures/", StringComparison.Ordinal) || !File.Exists(file))
            return null;

        string copy = Path.GetFullPath(Path.Combine(output, picture));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        if (copy != file)
            File.Copy(file, copy, overwrite: true);

        return Relate(picture, source);
    }

    /// <returns>The way from the page of a file to a place, both below the same folder, as a URL.</returns>
    public static string Relate(string place, string source)
    {
        string[] folders = source.Split('/')[..^1];
        string[] parts = place.Split('/');
        int common = folders.Zip(parts[..^1]).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Concat(Enumerable.Repeat("../", folders.Length - common))
            + string.Join('/', parts[common..].Select(Uri.EscapeDataString));
    }

    private static string Normalize(string link, string source)
    {
        // The parts that lead out of the folder stay.
        var parts = new List<string>();
        foreach (string part in source.Split('/')[..^1].Concat(Uri.UnescapeDataString(link).Split('/')))
        {
            if (part == ".." && parts is [.., not ".."])
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
