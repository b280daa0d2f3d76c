using Markdig.Helpers;

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

    private static readonly Regex Pictures = new(@"\.(avif|bmp|gif|jpe?g|png|svg|webp)$", RegexOptions.IgnoreCase);

    /// <summary>The pictures that are not on their pages, each behind the file that names it.</summary>
    public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <returns>Where a link in a file leads on that file's page; null if it leads to nothing that has a page.
    /// </returns>
    public string? Find(string link, string source)
    {
        if (!Uri.TryCreate(At(source), link, out Uri? target))
            return null;

        string anchor = "#" + Uri.EscapeDataString(WriteAnchor(Uri.UnescapeDataString(target.Fragment)));
        if (link.StartsWith('#'))
            return anchor;

        if (target.Host != Here.Host)
            return target.Scheme is "https" or "http" or "mailto" ? target.AbsoluteUri : null;

        string place = FindPlace(target);
        Edition? front = Edition.All.FirstOrDefault(edition => place == "../" + edition.Readme);
        string? page = front is not null ? front.Folder + Front
            : sources.Contains(place) ? Path.ChangeExtension(place, ".html") : null;
        bool isPlace = front is null && anchor != "#";
        return page is null ? null : At(source).MakeRelativeUri(At(page)) + (isPlace ? anchor : "");
    }

    /// <summary>The anchor that GitHub gives a heading. It is also the anchor of what is written in a link to the
    /// heading for Jupyter: <c>#1.-First-Step</c>.</summary>
    public static string WriteAnchor(string words) => LinkHelper.UrilizeAsGfm(words.Trim());

    /// <summary>Copies a picture beside the pages.</summary>
    /// <returns>Its address for a file's page; null if it is not in the folder of the notebooks, which
    /// <see cref="Missing"/> tells of, or elsewhere.</returns>
    public string? CopyPicture(string link, string source)
    {
        if (link == "" || !Uri.TryCreate(At(source), link, out Uri? target) || target.Host != Here.Host)
            return null;

        string picture = FindPlace(target);
        bool isBelow = !Path.IsPathRooted(picture) && !picture.Split('/', '\\').Contains("..");
        string? file = new[] { notebooks, output }.Select(folder => Path.GetFullPath(picture, Path.GetFullPath(folder)))
            .FirstOrDefault(File.Exists);
        if (file is null || !isBelow || !Pictures.IsMatch(picture))
        {
            Missing.Add($"{source}: {Uri.UnescapeDataString(link)}");
            return null;
        }

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
