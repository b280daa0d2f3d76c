using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FashionNotebooks.Runner;
using PuppeteerSharp;
using static FashionNotebooks.Tests.SmallCourse;

namespace FashionNotebooks.Tests;

/// <summary>The page of somebody's own notebook in a headless Chromium; skipped as those of the course are.</summary>
[Trait("Category", "Slow")]
[Trait("Category", "Browser")]
public sealed class OwnNotebookBrowserTests(BrowserPages pages) : IClassFixture<BrowserPages>
{
    [Fact]
    public async Task Formulas_know_each_other_and_code_is_coloured()
    {
        await using IPage page = await OpenAsync(
            Markdown("# Define\n\n## Exports\n\n## Module\n\n## Process\n\n```csharp\nvar a = 1;\n```"),
            Markdown(
                """
                $\newcommand{\R}{\mathbb{R}}\def\B{\mathbf{b}}\DeclareMathOperator*{\most}{most}$

                $\newcommand\R{\mathcal{R}}$ $\R \B \most$ $中_1$ $\href{https://example.org}{x}$ $\require{x}\mbox{a}$

                \begin{align}
                x &= \begin{pmatrix} 1 \\ 2 \end{pmatrix} \label{x} \\
                y &= 2 \\
                z &= 3 \label{z}
                \end{align}

                \begin{eqnarray} a &=& b \label{a} \end{eqnarray} $$c \tag{C}\label{c}$$ $$d \label{d}$$

                \begin{multline} e \\ + f \label{e} \end{multline}

                \eqref{x} $\ref{z}$ \eqref{a} \eqref{c} \ref{d} \ref{e} \ref{gone}
                """));

        Assert.Equal(0, await page.EvaluateExpressionAsync<int>(
            "document.querySelectorAll('.katex-error, [style*=error], .math:not(:has(.katex-html))').length"));
        Assert.Equal(["(1)", "2", "(3)", "(C)", "4", "5", "???"], await page.EvaluateExpressionAsync<string[]>(
            "[...document.querySelectorAll('main a[href^=\"#\"]')].map(link => link.textContent)"));
        Assert.Equal(6, await page.EvaluateExpressionAsync<int>(
            "[...document.querySelectorAll('main a[href^=\"#F\"]')]"
            + ".filter(link => document.querySelector(link.hash)).length"));
        Assert.NotNull(await page.QuerySelectorAsync(".hljs-keyword"));
    }

    [Fact]
    public async Task A_page_asks_no_network_and_a_map_says_what_it_would_show()
    {
        using var network = new TcpListener(IPAddress.Loopback, 0);
        network.Start();
        string picture = $"http://{network.LocalEndpoint}/a.png";
        JsonObject Figure(string trace, string layout = "")
        {
            JsonNode chart = JsonNode.Parse($$"""{ "data": [{{trace}}], "layout": { {{layout}} } }""")!;
            return Code("figure", Shown(("application/vnd.plotly.v1+json", chart), ("text/plain", "Words.")));
        }

        await using IPage page = await OpenAsync(
            Markdown($"![]({picture}) <svg><image href=\"{picture}\"/></svg>"),
            Figure($$"""{ "type": "image", "source": "{{picture}}" }"""),
            Figure("""{ "y": [1, 2] }""", $$""" "images": [{ "source": "{{picture}}" }] """),
            Figure("""{ "type": "scatter3d", "x": [1], "y": [1], "z": [1] }"""),
            Figure("""{ "type": "choropleth", "locations": ["FRA"], "z": [1] }"""),
            Figure("""{ "type": "scattermap", "lat": [1], "lon": [1] }"""));

        Assert.Equal(3, await page.EvaluateExpressionAsync<int>(
            "document.querySelectorAll('.chart:has(.main-svg)').length"));
        Assert.Equal(2, await page.EvaluateExpressionAsync<int>(
            "[...document.querySelectorAll('figure')].filter(({ innerText, offsetHeight }) => "
            + "innerText === 'Words.' && offsetHeight < 60).length"));
        Assert.False(network.Pending());
    }

    [Fact]
    public async Task A_formula_cannot_cover_the_frame()
    {
        await using IPage page = await OpenAsync(Markdown("$\\kern{-20em}\\raisebox{-2em}{\\rule{9em}{1em}}$"));

        Assert.Equal("Contents", await page.EvaluateFunctionAsync<string>(
            """
            () => {
                const { right, top } = document.querySelector("main .katex-rule").getBoundingClientRect();
                return document.elementFromPoint(right - 5, top + 5).closest("[id]").id;
            }
            """));
    }

    /// <summary>The page of a notebook that is nobody else's, with the assets of all pages.</summary>
    private async Task<IPage> OpenAsync(params JsonObject[] cells)
    {
        string folder = Directory.CreateDirectory(Path.Combine(pages.Folder, "mine")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "mine.ipynb"), TemporaryNotebooks.CreateNotebook(cells).ToJsonString());
        Assert.Empty(new PageFolder(folder).Write(["mine"]));
        return await pages.OpenAsync(Path.Combine(folder, "mine.html"), width: 1280);
    }
}
