using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>What a stranger's notebook can do on a page.</summary>
public class SafeHtmlTests
{
    private static readonly SafeHtml Safe = new(new PageLinks([], "notebooks", "pages"), "mine.ipynb");

    [Theory]
    [InlineData("a<script>alert(1)</script>", "a")]
    [InlineData("a<style>body { display: none }</style>", "a")]
    [InlineData("<img src=x onerror=alert(1) alt=a>", "<img alt=\"a\">")]
    [InlineData("<p onclick=\"alert(1)\">a</p>", "<p>a</p>")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\" DATA:text/html,b\">a</a>", "<a>a</a>")]
    public void Nothing_runs(string html, string safe) => Match(html, safe);

    [Theory]
    [InlineData("a<iframe src=\"https://example.org\"></iframe>", "a")]
    [InlineData("<img src=\"https://example.org/a.png\" alt=\"a\">", "<img alt=\"a\">")]
    [InlineData("<img src=\"//example.org/a.png\">", "<img>")]
    [InlineData("<img src=\"/\\example.org/a.png\">", "<img>")]
    [InlineData("<img src=\"/&#9;/example.org/a.png\">", "<img>")]
    [InlineData("<img srcset=\"https://example.org/a.png 2x\">", "<img>")]
    [InlineData("<p style=\"background: url(https://example.org/a.png)\">a</p>", "<p>a</p>")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\">", "<img src=\"data:image/png;base64,AAAA\">")]
    public void Nothing_is_fetched(string html, string safe) => Match(html, safe);

    [Theory]
    [InlineData("<p class=\"skip math\" style=\"position: fixed; text-align: right\">a</p>",
        "<p class=\"math\" style=\"text-align: right\">a</p>")]
    [InlineData("<header><nav>a</nav></header><form action=\"https://example.org\"><button>b</button></form>", "ab")]
    [InlineData("<img name=\"getElementById\">", "<img>")]
    [InlineData("<font color=\"white\">a</font> <b bgcolor=\"red\">b</b>", "a <b>b</b>")]
    public void Nothing_looks_like_a_part_of_the_frame_and_words_stay(string html, string safe) => Match(html, safe);

    [Fact]
    public void No_anchor_is_named_as_a_part_of_the_frame()
    {
        const string Html = "<p id=\"Text\">a</p><a name=\"Contents\">b</a>";
        Assert.Equal(
            "<p id=\"text\">a</p><a id=\"contents\">b</a>", Safe.FromMarkdown(Html).Body!.InnerHtml.Trim());
        Assert.Equal("<p>a</p><a>b</a>", Safe.FromHtml(Html).Body!.InnerHtml);
    }

    private static void Match(string html, string safe)
    {
        Assert.Equal(safe, Safe.FromHtml(html).Body!.InnerHtml);
        Assert.Contains(safe, Safe.FromMarkdown(html).Body!.InnerHtml);
    }
}
