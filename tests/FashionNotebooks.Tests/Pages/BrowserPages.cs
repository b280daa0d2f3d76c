using FashionNotebooks.Runner;
using PuppeteerSharp;

namespace FashionNotebooks.Tests;

/// <summary>The pages of the notebooks as they are committed, and a headless Chromium to open them in.</summary>
public sealed class BrowserPages : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-pages-");
    private IBrowser? browser;
    private string missing = "";

    public string Folder => folder.FullName;

    public IReadOnlyList<string> Paths => Directory.GetFiles(folder.FullName, "*.html", SearchOption.AllDirectories);

    /// <exception cref="RunnerException">There is no browser, and this is CI.</exception>
    public async ValueTask InitializeAsync()
    {
        Assert.Empty(new PageFolder(folder.FullName).Write([]));
        try
        {
            browser = await FigurePictures.LaunchAsync(FigurePictures.FindBrowser());
        }
        catch (RunnerException e) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            missing = e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    /// <summary>Opens a page in the light theme; the test is skipped where there is no browser.</summary>
    internal async Task<IPage> OpenAsync(string path, int width, Action<string>? complain = null)
    {
        Assert.SkipWhen(browser is null, missing);
        // Each page has a storage of its own: the theme that another has chosen is not kept here.
        IBrowserContext context = await browser!.CreateBrowserContextAsync();
        IPage page = await context.NewPageAsync();
        void Complain(string complaint) => complain?.Invoke($"{path}: {complaint}");
        page.Request += (_, request) =>
        {
            string url = request.Request.Url;
            if (!url.StartsWith(new Uri(folder.FullName).AbsoluteUri) && !url.StartsWith("data:"))
                Complain($"{url} is not beside the page");
        };
        page.RequestFailed += (_, request) => Complain($"{request.Request.Url} failed");
        page.PageError += (_, error) => Complain(error.Message);
        page.Console += (_, line) =>
        {
            if (line.Message.Type is ConsoleType.Error or ConsoleType.Warning)
                Complain(line.Message.Text);
        };
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
        await page.EmulateMediaFeaturesAsync(
            [new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = "light" }]);
        await page.GoToAsync(new Uri(Path.Combine(folder.FullName, path)).AbsoluteUri, WaitUntilNavigation.Load);
        await page.WaitForFunctionAsync("() => !document.querySelector('.chart:not([data-drawn])')");
        return page;
    }
}
