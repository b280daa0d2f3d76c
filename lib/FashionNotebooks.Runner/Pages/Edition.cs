namespace FashionNotebooks.Runner;

/// <summary>A language of the course.</summary>
/// <param name="Language">As HTML names it.</param>
/// <param name="Folder">Where its notebooks and pages are, below those of the course; ends with a slash if not empty.
/// </param>
/// <param name="Readme">The name of its README, in the clone's folder.</param>
internal sealed record Edition(string Language, string Folder, string Readme)
{
    public static readonly Edition English = new("en", "", "README.md");

    public static readonly Edition Chinese = new("zh-CN", Translation.Folder + "/", "README.zh-CN.md");

    public static readonly Edition[] All = [English, Chinese];

    /// <summary>The words of its pages, by the names that the templates have for them.</summary>
    public IReadOnlyDictionary<string, string> Words { get; } =
        JsonSerializer.Deserialize<Dictionary<string, string>>(PageTemplate.Read($"{Language}.json"))!;
}
