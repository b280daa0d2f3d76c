using PuppeteerSharp;

namespace FashionNotebooks.Runner;

/// <summary>Draws interactive figures as PNG pictures, in a headless Chromium found on this machine.</summary>
internal sealed class FigurePictures : IAsyncDisposable
{
    private static readonly string[] Names =
    [
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
    ];

    private readonly IBrowser browser;

    private FigurePictures(IBrowser browser) => this.browser = browser;

    /// <summary>The browser to use: the one that CHROME_PATH names, or else the first one found.</summary>
    /// <exception cref="RunnerException">There is none.</exception>
    public static string FindBrowser()
    {
        if (Environment.GetEnvironmentVariable("CHROME_PATH") is { Length: > 0 } named)
        {
            return File.Exists(named) ? named
                : throw new RunnerException($"CHROME_PATH names {named}, which is not there.");
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] onPath = [.. from name in Names
                              from folder in folders
                              select Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)];
        string[] installed =
        [
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            In(Environment.SpecialFolder.ProgramFiles, @"Google\Chrome\Application\chrome.exe"),
            In(Environment.SpecialFolder.LocalApplicationData, @"Google\Chrome\Application\chrome.exe"),
            In(Environment.SpecialFolder.ProgramFilesX86, @"Microsoft\Edge\Application\msedge.exe"),
        ];
        return onPath.Concat(installed).FirstOrDefault(File.Exists) ?? throw new RunnerException(
            "--images needs Chromium, Chrome or Edge, and none was found on PATH. "
            + "Install one, or name it in the environment variable CHROME_PATH.");
    }

    public static async Task<FigurePictures> StartAsync(string browserPath)
    {
        var options = new LaunchOptions
        {
            ExecutablePath = browserPath,
            Headless = true,
            // Chromium refuses its sandbox to root, who owns most containers; it only ever sees the figures made here.
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
            ],
        };
        return new FigurePictures(await Puppeteer.LaunchAsync(options));
    }

    /// <summary>Puts a picture into the place of a chart's HTML; leaves other values as they are.</summary>
    /// <param name="bundle">A value, as a text for each MIME type.</param>
    public async Task DrawAsync(Dictionary<string, string> bundle)
    {
        if (!bundle.TryGetValue(PlotlyCharts.MimeType, out string? specification))
            return;

        await using IPage page = await browser.NewPageAsync();
        await page.SetContentAsync("<!doctype html><meta charset=\"utf-8\"><body><div id=\"chart\"></div></body>");
        await page.AddScriptTagAsync(new AddTagOptions { Content = PlotlyCharts.ReadScript() });
        string uri = await page.EvaluateFunctionAsync<string>(
            """
            async specification => {
                const plot = await window.Plotly.newPlot("chart", JSON.parse(specification));
                const { width = 960, height = 540 } = plot.layout;
                return await window.Plotly.toImage(plot, { format: "png", width, height, scale: 1.5 });
            }
            """,
            specification);
        bundle.Remove("text/html");
        bundle["image/png"] = uri[(uri.IndexOf(',') + 1)..] + "\n";
    }

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static string In(Environment.SpecialFolder folder, string path) =>
        Path.Combine(Environment.GetFolderPath(folder), path);
}
