using Plotly.NET;
using PuppeteerSharp;

namespace FashionNotebooks.Runner;

/// <summary>Draws charts as PNG pictures, in a headless Chromium found on this machine.</summary>
internal sealed class FigurePictures(IBrowser browser) : IAsyncDisposable
{
    /// <summary>The MIME type of a chart as plotly.js takes it.</summary>
    public const string PlotlyType = "application/vnd.plotly.v1+json";

    private static readonly Lazy<string> Library = new(() =>
    {
        System.Reflection.Assembly plotly = typeof(GenericChart).Assembly;
        string name = plotly.GetManifestResourceNames().Single(name => name.EndsWith(".min.js"));
        using var reader = new StreamReader(plotly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    });

    /// <summary>plotly.js as Plotly.NET carries it: the whole of it, so that it draws any chart.</summary>
    public static string PlotlyJs => Library.Value;

    /// <summary>The browser to use: the one that CHROME_PATH names, or else the first one found.</summary>
    /// <exception cref="RunnerException">There is none.</exception>
    public static string FindBrowser()
    {
        string? path = Environment.GetEnvironmentVariable("CHROME_PATH");
        if (!string.IsNullOrEmpty(path) && !File.Exists(path))
            throw new RunnerException($"CHROME_PATH names {path}, which is not there.");

        string[] names = ["chromium", "chromium-browser", "google-chrome", "chrome", "chrome.exe", "Google Chrome"];
        string[] folders =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
            Environment.ExpandEnvironmentVariables(@"%ProgramFiles%\Google\Chrome\Application"),
            "/Applications/Google Chrome.app/Contents/MacOS",
        ];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .Prepend(path).FirstOrDefault(File.Exists)
            ?? throw new RunnerException("--images needs Chromium or Chrome, and none was found. "
                + "Install one, or name it in the environment variable CHROME_PATH.");
    }

    public static Task<IBrowser> LaunchAsync(string browserPath) => Puppeteer.LaunchAsync(new LaunchOptions
    {
        ExecutablePath = browserPath,
        // Chromium refuses its sandbox to root, the user of most containers. It opens only the figures made here.
        Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });

    /// <summary>Puts a picture into the place of a chart's HTML; leaves other values, and those that have one, as
    /// they are.</summary>
    public async Task DrawAsync(JsonObject data)
    {
        if (data[PlotlyType] is not { } specification || data.ContainsKey("image/png"))
            return;

        await using IPage page = await browser.NewPageAsync();
        await page.SetContentAsync("<!doctype html><meta charset=\"utf-8\"><body><div id=\"chart\"></div></body>");
        await page.AddScriptTagAsync(new AddTagOptions { Content = PlotlyJs });
        string uri = await page.EvaluateFunctionAsync<string>(
            """
            async specification => {
                const plot = await window.Plotly.newPlot("chart", JSON.parse(specification));
                const { width = 740, height = 360 } = plot.layout;
                return await window.Plotly.toImage(plot, { format: "png", width, height, scale: 2 });
            }
            """,
            specification.ToJsonString());
        data.Remove("text/html");
        data.Insert(data.IndexOf(PlotlyType) + 1, "image/png", uri[(uri.IndexOf(',') + 1)..] + "\n");
    }

    public ValueTask DisposeAsync() => browser.DisposeAsync();
}
