namespace FashionNotebooks.Runner;

/// <summary>What a page can lead to: the pages of the course, other sites, and pictures, which are copied beside the
/// pages. Paths begin in the folder of the notebooks, and have slashes.</summary>
/// <param name="sources">The notebooks and Markdown files that have pages, such as <c>zh/glossary.md</c>.</param>
/// <param name="notebooks">The folder of the notebooks.</param>
/// <param name="output">The folder of the pages.</param>
internal sealed class PageLinks(IReadOnlyCollection<string> sources, string notebooks, string output)
{
    public const string Front = "index.html";

    // Stands for the folder of the notebooks, so that links are resolved as browsers do it.
    private static readonly Uri Here = new("https://here.invalid/clone/notebooks/");

    /// <returns>Where a link in a file leads on that file's page; null if it leads to nothing that has a page.
    /// </returns>
    public string? Find(string link, string source)
    {
        if (link.StartsWith('#') || !Uri.TryCreate(At(source), link, out Uri? target))
            return link.StartsWith('#') ? link : null;

        if (target.Host != Here.Host)
            return target.Scheme is "https" or "http" ? target.AbsoluteUri : null;

        string place = FindPlace(target);
        Edition? front = Edition.All.FirstOrDefault(edition => place == "../" + edition.Readme);
        string? page = front is not null ? front.Folder + Front
            : sources.Contains(place) ? Path.ChangeExtension(place, ".html") : null;
        return page is null ? null : At(source).MakeRelativeUri(At(page)) + (front is null ? target.Fragment : "");
    }

    /// <returns>The address of a picture for a file's page, where it is copied to; null if it is not in the course's
    /// folder of pictures.</returns>
    public string? CopyPicture(string link, string source)
    {
        if (!Uri.TryCreate(At(source), link, out Uri? target))
            return null;

        string picture = FindPlace(target);
        string file = Path.GetFullPath(Path.Combine(notebooks, picture));
        string pictures = Path.Combine(Path.GetFullPath(notebooks), "pictures") + Path.DirectorySeparatorChar;
        if (target.Host != Here.Host || !file.StartsWith(pictures, StringComparison.Ordinal) || !File.Exists(file))
            return null;

        string copy = Path.GetFullPath(Path.Combine(output, picture));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        if (copy != file)
            File.Copy(file, copy, overwrite: true);

        return At(source).MakeRelativeUri(target).ToString();
    }

    private static Uri At(string place) => new(Here, string.Join('/', place.Split('/').Select(Uri.EscapeDataString)));

    private static string FindPlace(Uri target) =>
        Uri.UnescapeDataString(Here.MakeRelativeUri(new Uri(target.GetLeftPart(UriPartial.Path))).ToString());
}
