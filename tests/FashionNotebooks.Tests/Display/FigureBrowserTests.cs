using System.Text;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using PuppeteerSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Figures as a headless Chromium draws them; skipped without one, but in CI it fails.</summary>
[Trait("Category", "Slow")]
[Trait("Category", "Browser")]
public class FigureBrowserTests
{
    private const string FindWrong =
        """
        (async () => {
            const cards = [...document.querySelectorAll("body > div")];
            while (!cards.every(card => card.querySelector("svg text"))) await new Promise(requestAnimationFrame);
            const isSlanted = text => /rotate\(-45/.test(text.getAttribute("transform"));
            const covers = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
            return cards.flatMap(card => {
                const frame = card.querySelector("svg").getBoundingClientRect();
                const isCut = place => place.left < frame.left - 1 || place.right > frame.right + 1
                    || place.top < frame.top - 1 || place.bottom > frame.bottom + 1;
                const texts = [...card.querySelectorAll("svg text")].filter(text => text.textContent.trim());
                const places = texts.map(text => text.getBoundingClientRect());
                return texts.flatMap((text, i) => [
                    ...isCut(places[i]) ? [`cut: ${text.textContent}`] : [],
                    ...isSlanted(text) ? [] : texts.slice(0, i)
                        .filter((other, j) => covers(places[i], places[j]) && !isSlanted(other))
                        .map(other => `${text.textContent} lies on ${other.textContent}`),
                ]);
            });
        })()
        """;

    private const string FindNames = "[...document.querySelectorAll('.ytick text')].map(text => text.textContent)";

    private static readonly string[][] Names =
    [
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        ["African hunting dog, hyena dog, Cape hunting dog, Lycaon pictus", "Ankle boot with laces", "Bag"],
        [.. Enumerable.Range(0, 12).Select(number => $"n0211673{number}_African_hunting_dog")],
    ];

    [Theory]
    [InlineData(1000)]
    [InlineData(390)]
    public async Task Nothing_is_cut_or_lies_on_anything_else_however_long_or_many_the_names_are(int width)
    {
        (PlotlyFigure Figure, string[] Names)[] drawn = [.. DrawWithNames(), .. DrawOthers()];
        await using IBrowser browser = await LaunchAsync();
        await using IPage page = await ShowAsync(browser, width, drawn.Select(each => each.Figure));

        Assert.Empty(await page.EvaluateExpressionAsync<string[]>(FindWrong));
        Assert.Equal(
            drawn.SelectMany(each => each.Names), await page.EvaluateExpressionAsync<string[]>(FindNames));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(390)]
    public async Task Slope_step_and_names_of_runs_can_be_read_wherever_they_stand(int width)
    {
        double[] weights = [.. Enumerable.Range(-10, 21).Select(each => each / 10.0)];
        IEnumerable<PlotlyFigure> valleys = weights.Where((_, index) => index % 5 == 0).Select(at =>
            Figures.LossAlongWeight(weights, [.. weights.Select(each => each * each)], at, at * at, 2 * at, 0.9));
        PlotlyFigure runs = Figures.LossCurves(Enumerable.Range(1, 6).ToDictionary(
            run => $"learning rate 0.00{run}, momentum", run => (IReadOnlyList<float>)[2, 2, 2f / run]));
        await using IBrowser browser = await LaunchAsync();
        await using IPage page = await ShowAsync(browser, width, valleys.Append(runs));

        Assert.Empty(await page.EvaluateExpressionAsync<string[]>(FindWrong));
    }

    [Fact]
    public async Task Play_shows_each_step_of_a_kernel_up_to_the_last()
    {
        using var examples = new FigureExamples();
        await using IBrowser browser = await LaunchAsync();
        await using IPage page = await ShowAsync(browser, width: 1000, [examples.LearningKernel()]);
        IElementHandle play = await page.WaitForSelectorAsync(".updatemenu-button");
        await page.WaitForFunctionAsync("() => /Step 0/.test(document.body.textContent)");

        await play.ClickAsync();

        await page.WaitForFunctionAsync("() => /Step 10/.test(document.body.textContent)");
        await page.WaitForFunctionAsync("() => /0\\.50/.test(document.querySelector('.heatmaplayer').textContent)");
    }

    private static async Task<IPage> ShowAsync(IBrowser browser, int width, IEnumerable<PlotlyFigure> figures)
    {
        IPage page = await browser.NewPageAsync();
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 600 });
        IEnumerable<string> cards = figures.Select(figure => Inline(figure.ToHtml()));
        await page.SetContentAsync($"<!doctype html><meta charset=\"utf-8\">{string.Concat(cards)}");
        return page;
    }

    private static IEnumerable<(PlotlyFigure Figure, string[] Names)> DrawWithNames() =>
        from names in Names from drawn in FigureNamesTests.Draw(names) select (drawn.Figure, names);

    private static IEnumerable<(PlotlyFigure Figure, string[] Names)> DrawOthers()
    {
        using var scope = NewDisposeScope();
        Tensor labels = zeros(600_000, int64);
        Tensor images = zeros(6, 1, 28, 28);
        string[][] classes = [[.. FashionMnist.Classes], [.. Enumerable.Range(0, 100).Select(each => $"class{each}")]];
        nn.Module<Tensor, Tensor> large = nn.Sequential(
            nn.Conv2d(1, 512, 3), nn.BatchNorm2d(512), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(512, 512, 3),
            nn.BatchNorm2d(512), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10));
        PlotlyFigure[] others =
        [
            Figures.ImageGrid(images, [.. Enumerable.Repeat("African hunting dog, Cape hunting dog", 6)], columns: 3),
            Figures.ImageGrid(images, [.. Enumerable.Repeat("Ankle_boot_with_laces", 6)], columns: 8),
            Figures.Convolution(rand(1, 1, 64, 64), rand(1, 1, 11, 11), row: 0, column: 0),
            Figures.ConvolutionOverChannels(rand(1, 16, 26, 13), -rand(16, 5, 5), bias: -1, row: 0, column: 0),
            Figures.LearningKernel([.. Enumerable.Range(0, 40).Select(_ => -rand(3, 3))], new float[40]),
            Figures.Architecture(large),
            Figures.Architecture(large, new DilatedConvNet()),
            Figures.ForwardAndBackward(large),
        ];
        return
        [
            .. classes.Select(names => (Figures.ConfusionHeatmap(new ConfusionMatrix(labels, labels, names)), names)),
            .. others.Select(figure => (figure, Array.Empty<string>())),
        ];
    }

    // The SVG of an image grid, whose texts a page cannot see in its picture.
    private static string Inline(string html) => Regex.Replace(html, "<img src=\"data:image/svg[^,]*,([^\"]*)\"[^>]*>",
        picture => Encoding.UTF8.GetString(Convert.FromBase64String(picture.Groups[1].Value)));

    private static async Task<IBrowser> LaunchAsync()
    {
        try
        {
            return await FigurePictures.LaunchAsync(FigurePictures.FindBrowser());
        }
        catch (RunnerException e) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
