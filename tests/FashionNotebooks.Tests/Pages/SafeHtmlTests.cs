using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

public class SafeHtmlTests
{
    [Theory]
    [InlineData("a<script>alert(1)</script>")]
    [InlineData("a<img src=x onerror=alert(1)>")]
    [InlineData("a<p onclick=\"alert(1)\">b</p>")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("a<iframe src=\"https://example.org\"></iframe>")]
    [InlineData("a<style>body { display: none }</style>")]
    [InlineData("a<svg onload=alert(1)></svg>")]
    [InlineData("a<form action=\"https://example.org\"><input name=b><button>c</button></form>")]
    public void Nothing_in_Markdown_runs_or_takes_the_page_over(string markdown)
    {
        string html = SafeHtml.FromMarkdown(markdown).Body!.InnerHtml;

        Assert.Matches("^(<p>)?(<a>)?a", html);
        Assert.DoesNotContain("alert", html);
        Assert.DoesNotMatch("<(script|iframe|style|svg|form|input|button)", html);
    }

    [Fact]
    public void An_output_cannot_dress_as_a_part_of_the_page()
    {
        string html = SafeHtml.FromHtml(
            "<p id=\"contents\" class=\"skip math\" style=\"position: fixed; color: white; text-align: right\">a</p>")
            .Body!.InnerHtml;

        Assert.Equal("<p class=\"math\" style=\"text-align: right\">a</p>", html);
    }

    [Theory]
    [InlineData("<p>a<img src=\"https://example.org/pixel.png\" alt=\"b\"></p>", "<p>ab</p>")]
    [InlineData("<p>a<img src=\"//example.org/pixel.png\"></p>", "<p>a</p>")]
    [InlineData("<p>a<img src=\"/\\example.org/pixel.png\"></p>", "<p>a</p>")]
    [InlineData("<p>a<img src=\"/&#9;/example.org/pixel.png\"></p>", "<p>a</p>")]
    [InlineData("<p>a<img src=\"javascript:1\" alt=\"b\"></p>", "<p>ab</p>")]
    [InlineData("<a href=\"data:text/html,b\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\" DATA:text/html,b\">a</a>", "<a>a</a>")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\">", "<img src=\"data:image/png;base64,AAAA\">")]
    [InlineData("<table bgcolor=\"red\"></table>", "<div class=\"wide\"><table></table></div>")]
    [InlineData("<header>a</header><figure>b</figure><font color=\"white\">c</font>", "")]
    public void Nothing_in_HTML_is_fetched_or_coloured_or_part_of_the_frame(string html, string safe) =>
        Assert.Equal(safe, SafeHtml.FromHtml(html).Body!.InnerHtml);

    [Fact]
    public void A_solution_is_folded_and_its_Markdown_is_Markdown()
    {
        string html = SafeHtml.FromMarkdown("<details>\n<summary>Solution</summary>\n\n**b**\n\n</details>")
            .Body!.InnerHtml;

        Assert.Matches(@"<details>\s*<summary>Solution</summary>\s*<p><strong>b</strong></p>\s*</details>", html);
    }

    [Fact]
    public void A_formula_keeps_its_TeX_and_stands_apart_if_it_was_written_so()
    {
        Assert.Contains(
            """<span class="math">\(x_1 \cdot y_2\)</span>""",
            SafeHtml.FromMarkdown("a $x_1 \\cdot y_2$").Body!.InnerHtml);
        Assert.Contains("""class="math display">""", SafeHtml.FromMarkdown("$$x$$").Body!.InnerHtml);
    }

    [Fact]
    public void A_table_has_a_frame_to_be_moved_in()
    {
        Assert.Matches(
            "^<div class=\"wide\"><table>", SafeHtml.FromMarkdown("| a |\n| - |\n| b |").Body!.InnerHtml);
        Assert.Contains(
            "<div class=\"wide\"><table>", SafeHtml.FromHtml("<p>x</p><table></table>").Body!.InnerHtml);
    }

    [Fact]
    public void The_empty_corner_of_a_table_is_no_heading() => Assert.Contains(
        "<td></td><th>a</th>",
        SafeHtml.FromMarkdown("| | a |\n| - | - |\n| b | c |").Body!.InnerHtml.Replace("\n", ""));

    [Fact]
    public void Powers_written_as_text_stay_text() =>
        Assert.Equal("<p>2^10 and 2^20</p>", SafeHtml.FromMarkdown("2^10 and 2^20").Body!.InnerHtml.Trim());

    [Fact]
    public void Only_blocks_of_CSharp_count_as_CSharp() =>
        Assert.Equal(["int x;\nx = 1;"], SafeHtml.FindCSharp(
            "a\n\n```csharp\nint x;\nx = 1;\n```\n\n```text\nb\n```\n\n`int y;`"));
}
