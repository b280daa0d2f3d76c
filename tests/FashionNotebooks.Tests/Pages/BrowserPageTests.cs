using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Deque.AxeCore.Commons;
using FashionNotebooks.Runner;
using PuppeteerSharp;

namespace FashionNotebooks.Tests;

/// <summary>
/// Every page, opened as a file in a headless Chromium. Skipped where there is neither Chromium nor Chrome: the message
/// says how to name one.
/// </summary>
[Trait("Category", "Slow")]
[Trait("Category", "Browser")]
public sealed class BrowserPageTests(BrowserPages pages) : IClassFixture<BrowserPages>
{
    public static TheoryData<string> Names => BrowserPages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_leaves_the_page_and_nothing_fails(string name)
    {
        OpenPage open = await pages.ReadAsync(name);

        string folder = new Uri(pages.Folder).AbsoluteUri;
        Assert.NotEmpty(open.Requests);
        Assert.All(open.Requests, url => Assert.True(url.StartsWith(folder) || url.StartsWith("data:"), url));
        Assert.Empty(open.Complaints);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_figure_is_drawn_and_every_formula_written(string name)
    {
        OpenPage open = await pages.ReadAsync(name);

        string[] expected = ["figures", "cut labels", "formulas", "pictures"];
        JsonElement counts = await open.Page.EvaluateFunctionAsync<JsonElement>(
            """
            () => ({
                figures: [...document.querySelectorAll("figure")]
                    .filter(figure => !figure.querySelector(".main-svg")?.getBoundingClientRect().width).length,
                "cut labels": [...document.querySelectorAll("figure .ytick text")].filter(label =>
                    label.getBoundingClientRect().left < label.closest("figure").getBoundingClientRect().left).length,
                formulas: [...document.querySelectorAll(".math")]
                    .filter(formula => !formula.querySelector(".katex-html")).length
                    + document.querySelectorAll(".katex-error").length,
                pictures: [...document.querySelectorAll("img")].filter(image => !image.naturalWidth).length,
            })
            """);

        Assert.All(expected, kind => Assert.Equal((kind, 0), (kind, counts.GetProperty(kind).GetInt32())));
        string notebook = Path.Combine(Repository.Notebooks, name + ".ipynb");
        if (File.Exists(notebook))
        {
            Assert.Equal(
                Notebook.Load(notebook).CodeCells.SelectMany(cell => cell.Outputs)
                    .Count(output => output["data"]?[FigurePictures.PlotlyType] is not null),
                await open.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('[data-drawn=done]').length"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_fits_a_phone(string name)
    {
        await using OpenPage open = await pages.OpenAsync(name, width: 390);
        await open.ReadAsync();

        Assert.Equal(390, await open.Page.EvaluateExpressionAsync<int>("document.documentElement.scrollWidth"));
        await open.Page.ClickAsync("#menu");
        Assert.True(await open.Page.EvaluateExpressionAsync<bool>(
            "document.querySelector('#contents').checkVisibility()"));
    }

    /// <summary>Among others: contrast, headings in order, a name for each picture, figure, link and button.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_can_be_read_by_everybody_in_both_themes(string name)
    {
        OpenPage open = await pages.ReadAsync(name);
        await open.Page.AddScriptTagAsync(new AddTagOptions { Content = new BundledAxeScriptProvider().GetScript() });
        foreach (string theme in new[] { "light", "dark" })
        {
            // The inside of a figure is a picture: its description stands for it.
            string[] violations = await open.Page.EvaluateFunctionAsync<string[]>(
                """
                async () => {
                    const { violations } = await axe.run({ exclude: [[".chart"]] }, { preload: false });
                    return violations.flatMap(({ id, nodes }) =>
                        nodes.map(node => `${id}: ${node.html.slice(0, 300)} ${node.failureSummary}`));
                }
                """);

            Assert.Equal(theme, await FindThemeAsync(open));
            Assert.Empty(violations);
            await open.Page.EvaluateExpressionAsync("document.querySelector('#theme').click()");
        }

        Assert.Equal(0, await open.Page.EvaluateExpressionAsync<int>(
            "document.querySelectorAll('.chart:not([aria-label]), .chart[aria-label=\"\"]').length"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_inside_leads_somewhere(string name)
    {
        Assert.SkipWhen(pages.Missing is not null, pages.Missing ?? "");
        IDocument Parse(string page) =>
            new HtmlParser().ParseDocument(File.ReadAllText(Path.Combine(pages.Folder, page)));

        string[] links =
        [
            .. Parse(name + ".html").QuerySelectorAll("a[href], link[href], script[src]")
                .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)
                .Where(link => !link.StartsWith("https://") && !link.StartsWith("data:")).Distinct(),
        ];

        Assert.NotEmpty(links);
        Assert.All(links, link =>
        {
            string[] parts = link.Split('#');
            string file = parts[0] == "" ? name + ".html" : Path.Combine(Path.GetDirectoryName(name)!, parts[0]);
            Assert.True(File.Exists(Path.Combine(pages.Folder, file)), link);
            if (parts is [_, var id])
                Assert.True(Parse(file).GetElementById(id) is not null, link);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_weighs_less_than_2_MB_without_plotly_js(string name)
    {
        Assert.SkipWhen(pages.Missing is not null, pages.Missing ?? "");
        string page = Path.Combine(pages.Folder, name + ".html");
        long assets = Directory.GetFiles(Path.Combine(pages.Folder, "assets"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "plotly.min.js").Sum(file => new FileInfo(file).Length);
        long pictures = new HtmlParser().ParseDocument(File.ReadAllText(page)).QuerySelectorAll("img[src*=pictures]")
            .Sum(image => new FileInfo(
                Path.Combine(Path.GetDirectoryName(page)!, image.GetAttribute("src")!)).Length);

        Assert.InRange(new FileInfo(page).Length + assets + pictures, 10_000, 2_000_000);
    }

    [Fact]
    public async Task The_chosen_theme_is_kept_for_the_next_page()
    {
        await using OpenPage open = await pages.OpenAsync("index");
        await open.Page.ClickAsync("#theme");
        await open.Page.ReloadAsync();

        Assert.Equal("dark", await FindThemeAsync(open));
        await open.Page.ClickAsync("#theme");
    }

    [Fact]
    public async Task On_paper_solutions_are_open_and_figures_drawn()
    {
        await using OpenPage open = await pages.OpenAsync("3-train-and-predict");
        await open.Page.EvaluateExpressionAsync("dispatchEvent(new Event('beforeprint'))");

        Assert.Equal(0, await open.Page.EvaluateExpressionAsync<int>(
            "document.querySelectorAll('main > details:not([open])').length"));
        await open.Page.WaitForFunctionAsync("() => !document.querySelector('.chart:not([data-drawn=done])')");
    }

    [Fact]
    public async Task The_slider_moves_the_window_of_the_convolution()
    {
        OpenPage open = await pages.ReadAsync("2-convolutional-network");
        const string Label = "document.querySelector('#cell-show-convolution .slider-label').textContent";
        string before = await open.Page.EvaluateExpressionAsync<string>(Label);

        IElementHandle rail = await open.Page.QuerySelectorAsync("#cell-show-convolution .slider-rail-touch-rect");
        await rail.ScrollIntoViewAsync();
        BoundingBox box = (await rail.BoundingBoxAsync())!;
        await open.Page.Mouse.ClickAsync(box.X + (box.Width * 0.9m), box.Y + (box.Height / 2));
        await open.Page.WaitForFunctionAsync($"before => {Label} !== before", before);
    }

    private static Task<string> FindThemeAsync(OpenPage open) =>
        open.Page.EvaluateExpressionAsync<string>("document.documentElement.dataset.theme");
}
