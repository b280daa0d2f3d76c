using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>The pages of a small repository.</summary>
public sealed class PageFolderTests : IDisposable
{
    private const string BaseDirectory = "APP_CONTEXT_BASE_DIRECTORY";
    private const string Title = "# 1. Cats · 猫\n\n*First of one.*\n\n**Aim.** Know a cat.\n\n**Afterwards** you do.";

    private static readonly JsonObject Tutorial = new() { ["Legs"] = "4" };

    private readonly object? baseDirectory = AppContext.GetData(BaseDirectory);
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fashion-pages-");

    public PageFolderTests()
    {
        Write("FashionNotebooks.sln", "");
        Write("README.md", "# Cats\n\nWhat they are.\n\nFor whom.\n\nNot this.\n");
        Write("notebooks/notes.md",
            "# Notes\n\n[one](1-cats.ipynb#legs), [code](../lib/Cat.cs), [site](http://example.org), [here](#notes)");
        Write("lib/bin/assets/page.css", "");
        WriteNotebook("notebooks/1-cats.ipynb", Markdown(Title), Code("legs", "4", Text("Legs: 3\nLegs: 4\n")));
        AppContext.SetData(BaseDirectory, InRoot("lib/bin") + Path.DirectorySeparatorChar);
    }

    public void Dispose()
    {
        AppContext.SetData(BaseDirectory, baseDirectory);
        root.Delete(recursive: true);
    }

    [Fact]
    public void The_front_page_has_the_aims_and_the_results_beside_the_tutorials()
    {
        string front = Create("index.html");

        Assert.Matches("""<h1 id="cats">Cats</h1>\s*<p>What they are.</p>\s*<p>For whom.</p>""", front);
        Assert.DoesNotContain("Not this.", front);
        Assert.Contains("<td>Legs</td><td>4</td><td>4</td>", front);
        Assert.Matches("""<h2><a href="1-cats.html">1. Cats</a></h2>\s*<p>Know a cat.</p>""", front);
    }

    [Fact]
    public void A_page_has_contents_and_leads_to_the_others()
    {
        WriteNotebook("notebooks/2-dogs.ipynb", Markdown("# 2. Dogs"), Markdown("## Paws\n\n## Paws"));

        string page = Create("2-dogs.html");

        Assert.Contains("<a href=\"2-dogs.html\" aria-current=\"page\">2. Dogs</a>", page);
        Assert.Contains("<a href=\"#paws\">Paws</a>", page);
        Assert.Contains("<a href=\"#paws-2\">Paws</a>", page);
        Assert.Contains("<a rel=\"prev\" href=\"1-cats.html\"><span>Previous</span> 1. Cats</a>", page);
        Assert.Contains("<a rel=\"next\" href=\"notes.html\"><span>Next</span> Notes</a>", page);
    }

    [Fact]
    public void A_command_in_the_text_breaks_between_words_alone()
    {
        const string Commands = "`bark --loud` `bark --very-loud at <everybody>`";
        WriteNotebook("notebooks/2-dogs.ipynb", Markdown("# 2. Dogs\n\n" + Commands));

        string page = Create("2-dogs.html");

        Assert.Contains("<code class=\"short\">bark --loud</code>", page);
        Assert.Contains(
            """<code><span class="short">bark</span> <span class="short">--very-loud</span> """
            + """<span class="short">at</span> <span class="short">&lt;everybody&gt;</span></code>""", page);
    }

    [Fact]
    public void The_tutorials_heading_is_marked_as_Chinese() => Assert.Contains(
        "1. Cats <span class=\"original\" lang=\"zh-CN\">猫</span></h1>", Create("1-cats.html"));

    [Fact]
    public void Links_lead_to_pages_and_files_without_a_page_are_only_named() => Assert.Contains(
        "<a href=\"1-cats.html#legs\">one</a>, code, <a href=\"http://example.org\" rel=\"noopener\">site</a>, "
        + "<a href=\"#notes\">here</a>",
        Create("notes.html"));

    [Fact]
    public void Pictures_come_along_and_those_of_other_sites_do_not()
    {
        Write("notebooks/pictures/cat.png", "png");
        Write("notebooks/x.png", "png");
        WriteNotebook("notebooks/1-cats.ipynb", Markdown(
            "![a cat](pictures/cat.png) ![gone](pictures/dog.png) "
            + "![far](https://example.org/cat.png) ![up](pictures/../x.png) ![other](x.png)"));

        string page = Create("1-cats.html");

        Assert.Contains("<img src=\"pictures/cat.png\" alt=\"a cat\"> gone far up other", page);
        Assert.Equal("png", File.ReadAllText(InRoot("out/pictures/cat.png")));
    }

    [Fact]
    public void Text_that_a_cell_prints_is_never_markup()
    {
        WriteNotebook("notebooks/1-cats.ipynb",
            Code("a", "1 < 2", Text("<b>bold</b> $x$ &amp;")),
            Code("b", "2", Shown("text/plain", "<i>plain</i>")));

        string page = Create("1-cats.html");

        Assert.Contains("&lt;b&gt;bold&lt;/b&gt; $x$ &amp;amp;</pre>", page);
        Assert.Contains("&lt;i&gt;plain&lt;/i&gt;</pre>", page);
    }

    [Fact]
    public void HTML_that_would_only_run_gives_way_to_the_text()
    {
        WriteNotebook("notebooks/1-cats.ipynb", Code("a", "1", new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject { ["text/html"] = "<script>x</script>", ["text/plain"] = "a cat" },
        }));

        string page = Create("1-cats.html");

        Assert.Contains(">a cat</pre>", page);
        Assert.DoesNotContain("<script>x", page);
    }

    [Fact]
    public void A_figure_is_described_and_cannot_end_its_script()
    {
        WriteNotebook("notebooks/1-cats.ipynb", Code("a", "1", new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject
            {
                [FigurePictures.PlotlyType] =
                    JsonNode.Parse("""{"data":[],"layout":{"title":"</script><b>","width":300}}"""),
                ["text/html"] = "<p>not this</p>",
                ["text/plain"] = "Cats \"by\" size",
            },
        }));

        string page = Create("1-cats.html");

        Assert.Contains("role=\"img\" aria-label=\"Cats &quot;by&quot; size\" style=\"width: 300px;", page);
        Assert.Contains("\\u003C/script", page);
        Assert.DoesNotContain("</script><b>", page);
        Assert.DoesNotContain("not this", page);
    }

    [Theory]
    [InlineData("""{"output_type":"stream","name":"x\"><b>bad</b>","text":"y"}""")]
    [InlineData("""{"output_type":"display_data","data":{"image/png":"x\"><b>bad</b>"}}""")]
    [InlineData("""
        {"output_type":"display_data",
         "data":{"application/vnd.plotly.v1+json":{"data":[],"layout":{"width":"1px\"><b>bad</b>"}}}}
        """)]
    public void No_part_of_an_output_becomes_markup(string output)
    {
        WriteNotebook("notebooks/1-cats.ipynb", Code("a", "1", JsonNode.Parse(output)!.AsObject()));

        Assert.DoesNotContain("<b>bad", Create("1-cats.html"));
    }

    [Fact]
    public void An_odd_notebook_costs_only_its_own_page()
    {
        WriteNotebook("out/odd.ipynb", Code("a", "1", Shown("text/plain", "b")));
        Write("out/odd.ipynb", Read("odd.ipynb").Replace("{\"text/plain\":\"b\"}", "\"no object\""));
        WriteNotebook("out/index.ipynb", Markdown("# Mine"));
        Write("out/damaged.ipynb", "damaged");
        WriteNotebook("out/1-cats.ipynb", Markdown(Title), Code("legs", "4", Text("Legs: 4\n")));

        IReadOnlyList<string> problems = new PageFolder(InRoot("out")).Write(["1-cats"]);

        Assert.Contains("<h1 id=\"cats\">Cats</h1>", Read("index.html"));
        Assert.Contains("<td>Legs</td>", Read("index.html"));
        Assert.Equal(["damaged", "index"], problems.Select(FindName).Order());
        Assert.False(File.Exists(InRoot("out/damaged.html")));
        static string FindName(string problem) => Path.GetFileNameWithoutExtension(problem.Split(": ")[0]);
    }

    [Fact]
    public void A_run_of_ones_own_notebook_leaves_the_course()
    {
        Create("index.html", "1-cats");
        WriteNotebook("out/1-cats.ipynb", Markdown(Title), Code("legs", "4", Text("Legs: 4\n")));
        WriteNotebook("out/mine.ipynb", Markdown("# Mine"));

        string front = Create("index.html", "mine");

        Assert.Contains("<h1 id=\"cats\">Cats</h1>", front);
        Assert.Contains("<a href=\"mine.html\">Mine</a>", front);
    }

    [Fact]
    public void Names_and_headings_of_any_kind_are_led_to()
    {
        WriteNotebook("out/a #1 & 2.ipynb",
            Markdown("# B\n\n# C"), Markdown("## Contents\n\n## ???\n\n## A 2\n\n## A\n\n## A"));

        string page = Create("a #1 & 2.html", "a #1 & 2");

        Assert.Contains("<a href=\"a%20%231%20%26%202.html\" aria-current=\"page\">B</a>", page);
        Assert.Contains("<a href=\"a%20%231%20%26%202.ipynb\" download>", page);
        Assert.All(["contents-2", "-2", "a-2", "a", "a-3"], id => Assert.Contains($"<h2 id=\"{id}\">", page));
    }

    [Fact]
    public void Raw_cells_and_other_languages_are_left_as_they_are()
    {
        JsonObject raw = Markdown("---\ntitle: Cats\n---");
        raw["cell_type"] = "raw";
        JsonObject html = Code("b", "<b>/* 1</b>");
        html["metadata"]!["polyglot_notebook"] = new JsonObject { ["kernelName"] = "html" };
        WriteNotebook("notebooks/1-cats.ipynb", raw, html, Code("c", "int x;"));

        string page = Create("1-cats.html");

        Assert.DoesNotContain("title: Cats", page);
        Assert.Contains("<code>&lt;b&gt;/* 1&lt;/b&gt;</code>", page);
        Assert.Contains("<span class=\"keyword\">int</span> x;", page);
    }

    [Fact]
    public void Markdown_that_a_cell_shows_is_Markdown()
    {
        WriteNotebook("notebooks/1-cats.ipynb", Code("a", "1", Shown("text/markdown", "**b**")));

        Assert.Contains("<strong>b</strong>", Create("1-cats.html"));
    }

    [Fact]
    public void The_notebook_can_be_downloaded_where_it_is_the_one_on_the_page()
    {
        Assert.DoesNotContain("download>", Create("1-cats.html"));

        WriteNotebook("out/1-cats.ipynb", Markdown(Title), Code("legs", "4", Text("Legs: 6\n")));
        Assert.Contains("<a href=\"1-cats.ipynb\" download>", Create("1-cats.html"));

        Write("out/1-cats.ipynb", "damaged");
        Assert.DoesNotContain("download>", Create("1-cats.html"));
    }

    [Fact]
    public void An_error_is_shown_where_it_happened()
    {
        WriteNotebook("notebooks/1-cats.ipynb", Code("a", "1", new JsonObject
        {
            ["output_type"] = "error",
            ["ename"] = "NoCat",
            ["evalue"] = "No <cat>.",
            ["traceback"] = new JsonArray(),
        }));

        Assert.Contains("<pre class=\"error\">NoCat: No &lt;cat&gt;.</pre>", Create("1-cats.html"));
    }

    [Fact]
    public void What_has_just_been_run_is_shown_though_its_cells_are_others()
    {
        WriteNotebook("out/1-cats.ipynb", Code("a", "5", Text("Legs: 5\n")));

        Assert.Contains("<td>Legs</td><td>5</td><td>4</td>", Create("index.html", "1-cats"));
    }

    [Fact]
    public void What_an_earlier_run_left_is_shown_while_the_cells_are_the_same()
    {
        JsonObject injected = Code("injected-parameters", "seed = 1;");
        injected["metadata"]!["tags"] = new JsonArray("injected-parameters");
        WriteNotebook("out/1-cats.ipynb", Markdown(Title), injected, Code("legs", "4", Text("Legs: 6\n")));
        Assert.Contains("<td>Legs</td><td>6</td><td>4</td>", Create("index.html"));

        WriteNotebook("out/1-cats.ipynb", Markdown(Title), Code("legs", "5", Text("Legs: 6\n")));
        Assert.Contains("<td>Legs</td><td>4</td><td>4</td>", Create("index.html"));

        Write("out/1-cats.ipynb", "damaged");
        Assert.Contains("<td>Legs</td><td>4</td><td>4</td>", Create("index.html"));
    }

    [Fact]
    public void A_translated_notebook_has_a_page_in_each_language_that_leads_to_the_other()
    {
        Write("README.zh-CN.md", "# 猫\n\n[English](README.md)\n\n什么是猫。\n\n写给谁。\n");
        Write("notebooks/zh/words.md", "# 词\n\n[猫](1-cats.ipynb)，[狗](../2-dogs.ipynb)，[首页](../../README.md)");
        WriteNotebook("notebooks/zh/1-cats.ipynb",
            Markdown("# 1. 猫\n\n*一。*\n\n**目标。** 认识猫。"), Code("legs", "4"));
        WriteNotebook("notebooks/2-dogs.ipynb",
            Markdown("# 2. Dogs\n\n[中文](zh/1-cats.ipynb)\n\nCats are [中文](zh/1-cats.ipynb)."));

        string chinese = Create("zh/1-cats.html");

        Assert.Contains("<html lang=\"zh-CN\"", chinese);
        Assert.Contains("<a href=\"../1-cats.html\" lang=\"en\" hreflang=\"en\">English</a>", chinese);
        Assert.Contains("Legs: 4", chinese);
        Assert.Contains("href=\"../assets/page.css\"", chinese);
        Assert.Contains("lang=\"zh-CN\" hreflang=\"zh-CN\">中文</a>", Read("1-cats.html"));
        Assert.Contains("<a href=\"zh/index.html\" lang=\"zh-CN\"", Read("2-dogs.html"));
        Assert.Contains("<p>Cats are <a href=\"zh/1-cats.html\" lang=\"zh-CN\">中文</a>.", Read("2-dogs.html"));
        Assert.DoesNotContain("<p><a", Read("2-dogs.html"));
        Assert.Contains(
            "<a href=\"1-cats.html\">猫</a>，<a href=\"../2-dogs.html\">狗</a>，<a href=\"../index.html\">首页</a>",
            Read("zh/words.html").Split("<main")[1]);
        Assert.Matches("""<h1 id="猫">猫</h1>\s*<p>什么是猫。</p>\s*<p>写给谁。</p>""", Read("zh/index.html"));
        Assert.Contains("<td>Legs</td><td>4</td><td>4</td>", Read("zh/index.html"));
        Assert.Matches("""<a href="1-cats.html">1. 猫</a></h2>\s*<p>认识猫。</p>""", Read("zh/index.html"));
    }

    [Fact]
    public void A_notebook_of_ones_own_has_a_page_without_the_course_and_without_a_clone()
    {
        WriteNotebook("out/mine.ipynb", Markdown("# Mine"));
        Assert.Contains("<h1 id=\"mine\">Mine</h1>", Create("mine.html", "mine"));
        Assert.False(File.Exists(InRoot("out/1-cats.html")));
        Assert.DoesNotContain("Cats", File.ReadAllText(InRoot("out/index.html")));

        File.Delete(InRoot("FashionNotebooks.sln"));
        File.Delete(InRoot("out/mine.html"));
        Assert.Contains("<h1 id=\"mine\">Mine</h1>", Create("mine.html", "mine"));
    }

    private static JsonObject Code(string id, string source, params JsonObject[] outputs)
    {
        JsonObject cell = TemporaryNotebooks.CreateCode(id, source);
        cell["outputs"] = new JsonArray(outputs);
        return cell;
    }

    private static JsonObject Markdown(string source) => TemporaryNotebooks.CreateMarkdown("text", source);

    private static JsonObject Text(string text) =>
        new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    private static JsonObject Shown(string type, string text) =>
        new() { ["output_type"] = "display_data", ["data"] = new JsonObject { [type] = text } };

    private string InRoot(string path) => Path.Combine(root.FullName, path);

    private string Create(string page, params string[] executed)
    {
        new PageFolder(InRoot("out")).Write(executed);
        return Read(page);
    }

    private string Read(string page) => File.ReadAllText(InRoot($"out/{page}"));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InRoot(path))!);
        File.WriteAllText(InRoot(path), text);
    }

    private void WriteNotebook(string path, params JsonObject[] cells)
    {
        JsonObject notebook = TemporaryNotebooks.CreateNotebook(cells);
        notebook["metadata"]!["tutorial"] = Tutorial.DeepClone();
        Write(path, notebook.ToJsonString());
    }
}
