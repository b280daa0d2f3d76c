using System.Collections.Concurrent;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Deque.AxeCore.Commons;
using PuppeteerSharp;

namespace FashionNotebooks.Tests;

/// <summary>Every page, opened as a file in a headless Chromium. Where there is neither Chromium nor Chrome it is
/// skipped, but in CI it fails.</summary>
[Trait("Category", "Slow")]
[Trait("Category", "Browser")]
public sealed class BrowserPageTests(BrowserPages pages) : IClassFixture<BrowserPages>
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private const string FindWrong =
        """
        (async () => {
            document.querySelectorAll("details").forEach(details => { details.open = true; });
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            const isOutside = label =>
                label.getBoundingClientRect().left < label.closest("figure").getBoundingClientRect().left;
            const covers = button => button.getBoundingClientRect().bottom >
                button.parentElement.querySelector("code").getBoundingClientRect().top;
            const wrong = {
                "not drawn": [...document.querySelectorAll("figure:not(:has(.main-svg))")],
                "not described": [...document.querySelectorAll(".chart:not([aria-label]), .chart[aria-label='']")],
                "cut": [...document.querySelectorAll("figure .ytick text")].filter(isOutside),
                "code covered": [...document.querySelectorAll(".copyable button")].filter(covers),
                "no formula": [...document.querySelectorAll(".math:not(:has(.katex-html)), .katex-error")],
                "no picture": [...document.querySelectorAll("img")].filter(image => !image.naturalWidth),
            };
            return Object.entries(wrong).flatMap(([kind, places]) =>
                places.map(place => `${kind}: ${place.outerHTML.slice(0, 300)}`));
        })()
        """;

    /// <summary>Everything is drawn and nothing comes from a network; everybody can read it, in both themes and on a
    /// phone. axe asks, among others, for contrast, headings in order, and a name for each picture, figure, link and
    /// button.</summary>
    [Fact]
    public async Task Every_page_is_whole_and_can_be_read_by_everybody()
    {
        ConcurrentBag<string> complaints = [];
        await Parallel.ForEachAsync(
            pages.Paths, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (path, _) =>
            {
                await using IPage page = await pages.OpenAsync(path, width: 1280, complaints.Add);
                void Complain(string[] found) => found.ToList().ForEach(each => complaints.Add($"{path}: {each}"));
                Complain(await page.EvaluateExpressionAsync<string[]>(FindWrong));
                await page.EvaluateExpressionAsync(Axe);
                Complain(await page.EvaluateExpressionAsync<string[]>(RunAxe()));
                await page.ClickAsync("#Theme");
                Complain(await page.EvaluateExpressionAsync<string[]>(RunAxe("runOnly: ['color-contrast']")));
                await page.SetViewportAsync(new ViewPortOptions { Width = 390, Height = 900 });
                int width = await page.EvaluateExpressionAsync<int>("document.documentElement.scrollWidth");
                Complain(width == 390 ? [] : [$"{width} px wide on a phone of 390 px"]);
            });

        Assert.Empty(complaints);
    }

    [Fact]
    public void Every_link_inside_leads_somewhere()
    {
        Dictionary<string, IDocument> documents = pages.Paths.ToDictionary(
            path => path, path => (IDocument)new HtmlParser().ParseDocument(File.ReadAllText(path)));
        foreach ((string path, IDocument document) in documents)
        {
            Assert.All(document.QuerySelectorAll("a[href]:not([href^=http]), link[href], script[src]"), element =>
            {
                string[] link = (element.GetAttribute("href") ?? element.GetAttribute("src")!).Split('#');
                string file = link[0] == "" ? path : Path.GetFullPath(Path.Combine(path, "..", link[0]));
                Assert.True(File.Exists(file), element.OuterHtml);
                if (link is [_, var id])
                    Assert.NotNull(documents[file].GetElementById(Uri.UnescapeDataString(id)));
            });
        }
    }

    [Fact]
    public async Task On_a_phone_the_contents_open_and_figures_fit_and_on_paper_solutions_are_open()
    {
        await using IPage page = await pages.OpenAsync("3-train-and-predict.html", width: 390);
        Assert.Equal(390, await page.EvaluateExpressionAsync<int>("document.documentElement.scrollWidth"));

        const string IsOpen = "document.querySelector('#Contents').checkVisibility()";
        Assert.False(await page.EvaluateExpressionAsync<bool>(IsOpen));
        await page.ClickAsync("#Menu");
        Assert.True(await page.EvaluateExpressionAsync<bool>(IsOpen));
        await page.ClickAsync("#Contents ul ul a");
        Assert.False(await page.EvaluateExpressionAsync<bool>(IsOpen));

        await page.EvaluateExpressionAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Null(await page.QuerySelectorAsync("main > details:not([open])"));
    }

    [Fact]
    public async Task The_chosen_theme_is_kept_and_code_is_coloured_and_the_slider_moves_the_window()
    {
        await using IPage page = await pages.OpenAsync("2-convolutional-network.html", width: 1280);
        await page.ClickAsync("#Theme");
        await page.ReloadAsync();
        Assert.Equal("dark", await FindThemeAsync(page));
        await page.ClickAsync("#Theme");
        Assert.NotNull(await page.QuerySelectorAsync(".cell .hljs-keyword"));

        const string Label = "document.querySelector('#cell-show-convolution .slider-label').textContent";
        IElementHandle rail = await page.WaitForSelectorAsync("#cell-show-convolution .slider-rail-touch-rect");
        string before = await page.EvaluateExpressionAsync<string>(Label);
        await rail.ScrollIntoViewAsync();
        BoundingBox box = (await rail.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + (box.Width * 0.9m), box.Y + (box.Height / 2));
        await page.WaitForFunctionAsync($"before => {Label} !== before", before);
    }

    /// <summary>What hinders readers. The inside of a figure is a picture: its description stands for it.</summary>
    private static string RunAxe(string option = "") =>
        $$"""
        axe.run({ exclude: [[".chart"]] }, { preload: false, resultTypes: ["violations"], {{option}} }).then(
            ({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node =>
                `${document.documentElement.dataset.theme}, ${id}: ${node.html.slice(0, 300)} ${node.failureSummary}`)))
        """;

    private static Task<string> FindThemeAsync(IPage page) =>
        page.EvaluateExpressionAsync<string>("document.documentElement.dataset.theme");
}
