using System.Text.Json.Nodes;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using Snapshooter.Xunit3;
using static FashionNotebooks.Tests.SmallCourse;

namespace FashionNotebooks.Tests;

/// <summary>The pages of a small course, whole.</summary>
public sealed class PageTests : IDisposable
{
    private readonly SmallCourse course = new();

    public void Dispose() => course.Dispose();

    [Fact]
    public void A_front_page() => MatchPage("index.html", part: "html");

    [Fact]
    public void A_notebook_with_text_links_and_a_picture()
    {
        course.Write("notebooks/pictures/a cat.png", "png");
        course.Write("notebooks/notes.md", "# Notes\n\n## 3.4 Loop");
        course.WriteNotebook("notebooks/2-dogs.ipynb",
            Markdown("# 2. Dogs · 狗\n\n[中文](zh/2-dogs.ipynb)\n\n*First*, the *狗*."),
            Markdown("## 2.1 A *loop*\n\n## Paws\n\n### Paws\n\n## 爪子，二\n\n[loop](#21-a-loop), [paws](#paws-1)"),
            Markdown("## Contents\n\n[one](./1-cats.ipynb), [loop](notes.md#34-loop), [course](../README.md), "
                + "[code](../lib/Cat.cs), [site](http://example.org/a?b#c)"),
            Markdown("![a cat](./pictures/a%20cat.png) ![gone](pictures/dog.png) ![far](https://example.org/cat.png) "
                + "![up](pictures/../x.png)"),
            Markdown("Tutorial: *Out[1]*"),
            Markdown("`a < b`, $x_1$, $$y$$ and List<int> of\n\n| | a |\n| - | -: |\n| b | 2^10 and 2^20 |"),
            Markdown("<details>\n<summary>Solution</summary>\n\n```csharp\nvar x = 1;\n```\n\n</details>"));

        MatchPage("2-dogs.html");
        Assert.Equal("png", course.Read("pictures/a cat.png"));
    }

    [Fact]
    public void A_notebook_with_outputs_of_every_kind()
    {
        JsonNode chart = JsonNode.Parse("""{"data":[],"layout":{"title":"</script><b>","width":300}}""")!;
        JsonObject raw = Markdown("---\ntitle: Cats\n---");
        raw["cell_type"] = "raw";
        JsonObject html = Code("<b>1</b>");
        html["metadata"]!["polyglot_notebook"] = new JsonObject { ["kernelName"] = "html" };
        course.WriteNotebook("notebooks/2-dogs.ipynb",
            raw, html, Legs("<b>bold</b> $x$ &amp;"),
            Code("chart", Shown(
                ("application/vnd.plotly.v1+json", chart), ("text/html", "not this"),
                ("text/plain", "Cats \"by\" size"))),
            Code("picture", Shown(("image/png", "AAAA\"><b>\n"), ("text/html", "not this"), ("text/plain", "A cat"))),
            Code("table", Shown(("text/html", "<table><tr><th>train_loss_all</th><td>1</td></tr></table>"))),
            Code("script", Shown(("text/html", "<script>run()</script>"), ("text/plain", "a cat"))),
            Code("markdown", Shown(("text/markdown", "**b**"))),
            Code("latex", Shown(("text/latex", "$\\hat x$"))),
            Code("svg", Shown(("image/svg+xml", "<svg/>"), ("text/plain", "<svg/>"))),
            Code("gif", Shown(("image/gif", "AAAA"), ("text/plain", "A cat"))),
            Code("json", Shown(("application/json", new JsonObject { ["猫"] = 1 }))),
            Code("csv", Shown(("text/csv", "a,b\n"))),
            Code("other", Shown(("application/x-cat", "miaow"))),
            Legs("\e[1;38;5;82mgreen\e[0m \e]8;;http://a\e\\link\e]8;;\a \e(B\n"),
            Code("throw", new JsonObject { ["output_type"] = "error", ["ename"] = "NoCat", ["evalue"] = "No <cat>." }));

        MatchPage("2-dogs.html", part: "main");
    }

    [Fact]
    public void A_notebook_whose_author_has_hidden_cells_or_parts_of_them()
    {
        static JsonObject Mark(string metadata)
        {
            JsonObject cell = Code(metadata, Shown(("text/plain", "output")));
            cell["metadata"] = JsonNode.Parse(metadata);
            return cell;
        }

        course.WriteNotebook("notebooks/2-dogs.ipynb",
            Mark("""{ "tags": ["remove-cell"] }"""), Mark("""{ "tags": ["remove_input"] }"""),
            Mark("""{ "tags": ["remove-output"] }"""), Mark("""{ "tags": ["hide-cell"] }"""),
            Mark("""{ "jupyter": { "source_hidden": true } }"""), Mark("""{ "collapsed": true }"""),
            Mark("""{ "collapsed": false }"""));

        MatchPage("2-dogs.html", part: "main");
    }

    [Fact]
    public void A_notebook_in_two_languages()
    {
        course.Write("README.zh-CN.md", "# 课程\r\n\r\n[English](README.md)\r\n\r\n是什么。\r\n\r\n写给谁。\r\n");
        course.Write("notebooks/zh/words.md", "# 词\n\n[猫](1-cats.ipynb)，[狗](../2-dogs.ipynb)，[首页](../../README.md)");
        course.WriteNotebook("notebooks/zh/1-cats.ipynb", Markdown("# 1. 猫\r\n\r\n*一。*\r\n\r\n**目标。** 认识猫。"), Legs(""));
        course.WriteNotebook("notebooks/2-dogs.ipynb", Markdown("# 2. Dogs"));

        MatchPage("zh/index.html", part: "html");
        Assert.Contains("<a href=\"zh/1-cats.html\" lang=\"zh-CN\"", course.Read("1-cats.html"));
        Assert.Contains("<a href=\"zh/index.html\" lang=\"zh-CN\"", course.Read("2-dogs.html"));
        Assert.Contains("Legs: 4", course.Read("zh/1-cats.html"));
        Assert.All(["1-cats", "../2-dogs", "../index"], page =>
            Assert.Contains($"<a href=\"{page}.html\" lang=\"zh-CN\">", course.Read("zh/words.html")));
    }

    [Fact]
    public void Names_and_headings_of_any_kind_are_led_to()
    {
        course.WriteNotebook("out/a #1 & 2.ipynb", Markdown("# B\n\n# C"), Markdown("## ???\n\n[a](<a #1 & 2.ipynb>)"));
        course.WritePages("a #1 & 2");

        string page = course.Read("a #1 & 2.html");
        Assert.Contains("<a href=\"a%20%231%20%26%202.html\" aria-current=\"page\">B</a>", page);
        Assert.Contains("<a href=\"a%20%231%20%26%202.ipynb\" download>", page);
        Assert.Contains("<h2 id=\"-1\">", page);
    }

    private void MatchPage(string name, string part = "body")
    {
        Assert.Empty(course.WritePages());
        using var text = new StringWriter();
        new HtmlParser().ParseDocument(course.Read(name)).QuerySelector(part)!
            .ToHtml(text, new PrettyMarkupFormatter());
        Snapshot.Match(text.ToString().Trim().ReplaceLineEndings("\n"));
    }
}
