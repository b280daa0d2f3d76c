using FashionNotebooks.Runner;
using PuppeteerSharp;

namespace FashionNotebooks.Tests;

/// <summary>The pages of the notebooks as they are committed, and a headless Chromium to open them in.</summary>
public sealed class BrowserPages : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-pages-");
    private readonly Dictionary<string, OpenPage> read = [];
    private IBrowser? browser;

    public static TheoryData<string> Names =>
    [
        "index", "README", "corrections", .. NotebookFiles.Names,
        "zh/index", "zh/glossary", .. ChineseEditionTests.Names.Select(row => $"zh/{row.Data}"),
    ];

    /// <summary>Why there is no browser; null if there is one.</summary>
    public string? Missing { get; private set; }

    public string Folder => folder.FullName;

    public async ValueTask InitializeAsync()
    {
        try
        {
            browser = await FigurePictures.LaunchAsync(FigurePictures.FindBrowser());
        }
        catch (RunnerException e)
        {
            Missing = e.Message;
            return;
        }

        Directory.CreateDirectory(Path.Combine(Folder, Translation.Folder));
        foreach (string name in Directory.GetFiles(Repository.Notebooks, "*.ipynb", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Notebooks, path)))
            File.Copy(Path.Combine(Repository.Notebooks, name), Path.Combine(Folder, name));

        Assert.Empty(new PageFolder(Folder).Write([]));
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    /// <summary>A page that has been read to its end on a wide screen, in the light theme.</summary>
    internal async Task<OpenPage> ReadAsync(string name)
    {
        if (!read.TryGetValue(name, out OpenPage? open))
        {
            read[name] = open = await OpenAsync(name);
            await open.ReadAsync();
        }

        return open;
    }

    /// <summary>Opens a page; the test is skipped where there is no browser.</summary>
    internal async Task<OpenPage> OpenAsync(string name, int width = 1280)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        IPage page = await browser!.NewPageAsync();
        var open = new OpenPage(page);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
        await page.EmulateMediaFeaturesAsync(
            [new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = "light" }]);
        await page.GoToAsync(new Uri(Path.Combine(Folder, name + ".html")).AbsoluteUri, WaitUntilNavigation.Load);
        return open;
    }
}
