using System.Text.RegularExpressions;
using System.Xml.Linq;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>Markdown of a cell on a page, as Jupyter, GitHub and VS Code read it.</summary>
public class MarkdownTests
{
    private static readonly SafeHtml Safe = new(new PageLinks([], "notebooks", "pages"), "mine.ipynb");

    [Theory]
    [InlineData("设$x_1$为输入，H$_2$O，2$\\times$3，3$-$2", "设\\(x_1\\)为输入，H\\(_2\\)O，2\\(\\times\\)3，3\\(-\\)2")]
    [InlineData("$a<b$ $*a*b$ $ c_1 $ $\\hat y $", "\\(a&lt;b\\) \\(*a*b\\) \\(c_1\\) \\(\\hat y\\)")]
    [InlineData("from $5 to $6, $5-$6, $7和$8, and $x$", "from $5 to $6, $5-$6, $7和$8, and \\(x\\)")]
    [InlineData("9$, 10$; $HOME/$USER; $HOME and $PATH", "9$, 10$; $HOME/$USER; $HOME and $PATH")]
    [InlineData("\\$x\\$ and `$y$`", "$x$ and <code>$y$</code>")]
    [InlineData("\\\\(a_1\\\\) by \\eqref{e}", "\\(a_1\\) by \\(\\eqref{e}\\)")]
    [InlineData("a $$x$$ b", "a \\[x\\] b")]
    [InlineData("$$\n- x\n+ y\n= z\n$$", "\\[\n- x\n+ y\n= z\n\\]")]
    [InlineData("\\begin{align}\nx &= 1 \\\\\n\ny &= *2*\n\\end{align}",
        "\\[\\begin{align}\nx &amp;= 1 \\\\\n\ny &amp;= *2*\n\\end{align}\\]")]
    public void Formulas(string markdown, string paragraph) =>
        Verify(markdown, $"<p>{paragraph}</p>", html => html
            .Replace("<span class=\"math\">", "").Replace("\\)</span>", "\\)").Replace("\\]</span>", "\\]"));

    [Theory]
    [InlineData("> $$\n> a\n> $$", "<blockquote>\n<p><span class=\"math\">\\[\na\n\\]</span></p>\n</blockquote>")]
    [InlineData("|a|\n|-|\n|$|x|$|", "<td><span class=\"math\">\\(|x|\\)</span></td>")]
    [InlineData("<table><tr><td>$x$</td></tr></table>", "<td><span class=\"math\">\\(x\\)</span></td>")]
    [InlineData("```python\na = \"$x$\"\n```", "<pre><code>a = \"$x$\"\n</code></pre>")]
    [InlineData("![$x$](a.png)\n\n    $y$", "<p><img alt=\"$x$\"></p>\n<pre><code>$y$\n</code></pre>")]
    public void Formulas_in_other_places(string markdown, string html) => Verify(markdown, html);

    [Theory]
    [InlineData("a List<int> of List<object>, Task<T>[]",
        "<p>a List&lt;int&gt; of List&lt;object&gt;, Task&lt;T&gt;[]</p>")]
    [InlineData("<file name> <Foo/> a<b and c>d", "<p>&lt;file name&gt; &lt;Foo/&gt; a&lt;b and c&gt;d</p>")]
    [InlineData("H<sub>2</sub>O a<br>b <font color=\"red\">c</font> <blink>d</blink>",
        "<p>H<sub>2</sub>O a<br>b c d</p>")]
    [InlineData("**注意：**请，**「批次」**的，*斜。*后，~~删。~~后",
        "<p><strong>注意：</strong>请，<strong>「批次」</strong>的，<em>斜。</em>后，<del>删。</del>后</p>")]
    [InlineData("- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>")]
    [InlineData("> [!NOTE]\n> a", "<div class=\"markdown-alert\">\n<p><strong>NOTE</strong></p><p>a</p>\n</div>")]
    [InlineData("https://example.org/a. <a@b.org>", "<p><a href=\"https://example.org/a\">https://example.org/a</a>. "
        + "<a href=\"mailto:a@b.org\">a@b.org</a></p>")]
    [InlineData("```csharp\r\nint a;\r\n```\r\n\r\n|a|\r\n|-|\r\n|b|",
        "<pre><code class=\"language-csharp\">int a;\n</code></pre>\n<table>")]
    [InlineData("```C#\nint a;\n```", "<pre><code class=\"language-csharp\">int a;\n</code></pre>")]
    public void Words_and_blocks(string markdown, string html) => Verify(markdown, html);

    [Fact]
    public void A_drawing_becomes_a_picture_in_which_nothing_runs()
    {
        const string Drawing =
            "a<svg onload=\"alert(1)\"><title>Dot</title><use xlink:href=\"#a\"></use><script>alert(1)</script></svg>";
        string html = Safe.FromHtml(Drawing).Body!.InnerHtml;
        Assert.Equal($"<p>{html}</p>\n", Safe.FromMarkdown(Drawing).Body!.InnerHtml);
        Match picture = Regex.Match(html, "^a<img src=\"data:image/svg\\+xml;base64,([^\"]*)\" alt=\"Dot\">$");
        using var xml = new MemoryStream(Convert.FromBase64String(picture.Groups[1].Value));
        Assert.Equal("{http://www.w3.org/2000/svg}svg", $"{XDocument.Load(xml).Root!.Name}");
    }

    private static void Verify(string markdown, string html, Func<string, string>? simplify = null)
    {
        string written = Safe.FromMarkdown(markdown).Body!.InnerHtml;
        Assert.Contains(html, simplify is null ? written : simplify(written));
    }
}
