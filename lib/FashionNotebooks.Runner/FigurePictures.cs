using PuppeteerSharp;

namespace FashionNotebooks.Runner;

/// <summary>Draws figures as PNG pictures, in a headless Chromium found on this machine.</summary>
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

    /// <param name="html">A figure as a notebook shows it.</param>
    /// <returns>The picture in Base64, as a notebook stores it.</returns>
    public async Task<string> DrawAsync(string html)
    {
        await using IPage page = await browser.NewPageAsync();
        await page.SetContentAsync($"<!doctype html><meta charset=\"utf-8\"><body>{html}</body>");
        await page.WaitForSelectorAsync("img, .js-plotly-plot .main-svg");
        string uri = await page.EvaluateFunctionAsync<string>(
            """
            async () => {
                const scale = 1.5;
                const plot = document.querySelector(".js-plotly-plot");
                if (plot) {
                    const { width = 960, height } = plot.layout;
                    return await window.fashionNotebooks.Plotly.toImage(plot, { format: "png", width, height, scale });
                }

                const image = document.querySelector("img");
                await image.decode();
                const canvas = document.createElement("canvas");
                const [width, height] = [scale * image.naturalWidth, scale * image.naturalHeight];
                Object.assign(canvas, { width, height }).getContext("2d").drawImage(image, 0, 0, width, height);
                return canvas.toDataURL("image/png");
            }
            """);
        return uri[(uri.IndexOf(',') + 1)..] + "\n";
    }

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static string In(Environment.SpecialFolder folder, string path) =>
        Path.Combine(Environment.GetFolderPath(folder), path);
}
