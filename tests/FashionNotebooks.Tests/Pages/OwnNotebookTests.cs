using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.SmallCourse;

namespace FashionNotebooks.Tests;

/// <summary>What somebody's own notebook leads to and shows from beside it.</summary>
public sealed class OwnNotebookTests : IDisposable
{
    private readonly SmallCourse course = new();

    public void Dispose() => course.Dispose();

    [Fact]
    public void Anchors_of_authors_and_of_Jupyter_and_footnotes_of_each_cell_are_led_to()
    {
        course.WriteNotebook("notebooks/2-dogs.ipynb",
            Markdown("[a](#1.-First-Step) [b](#%E7%8C%AB-%60x%60) [c](#Part_1) [d](#own)"),
            Markdown("[e](./1-cats.ipynb#Know-a-Cat)"),
            Markdown("#### 1. First *Step*\n\n## 猫 `x` <a name=\"Part_1\"></a>\n\n<h2 id=\"own\">Mine</h2>"),
            Markdown("a[^1]\n\n[^1]: A."), Markdown("b[^1]\n\n[^1]: B."));
        Assert.Empty(course.WritePages());

        IDocument page = new HtmlParser().ParseDocument(course.Read("2-dogs.html"));
        Assert.Equal("1-cats.html#know-a-cat", page.QuerySelector("main a[href*=cats]")!.GetAttribute("href"));
        Assert.All(page.QuerySelectorAll("main a[href^='#']"), link =>
            Assert.Single(page.All, place => "#" + place.Id == Uri.UnescapeDataString(link.GetAttribute("href")!)));
        Assert.Equal(["A. ↩", "B. ↩"], page.QuerySelectorAll("sup").Select(number => page.GetElementById(
            number.ParentElement!.GetAttribute("href")![1..])!.TextContent.Trim().Replace("↩", " ↩")));
    }

    [Fact]
    public void A_picture_inside_a_cell_is_shown()
    {
        JsonObject cell = Markdown("![a](attachment:my%20cat.png) <img src=\"attachment:b.svg\" width=\"9\"> "
            + "![c](attachment:gone.png)");
        cell["attachments"] = JsonNode.Parse("""
            { "my cat.png": { "image/png": "AA\nAA" }, "b.svg": { "image/svg+xml": ["<svg>", "</svg>"] } }
            """);
        course.WriteNotebook("notebooks/2-dogs.ipynb", cell);
        Assert.Empty(course.WritePages());

        Assert.Contains("<p><img src=\"data:image/png;base64,AAAA\" alt=\"a\"> <img src=\"data:image/svg+xml;base64,"
            + "PHN2Zz48L3N2Zz4=\" width=\"9\"> <img alt=\"c\"></p>", course.Read("2-dogs.html"));
    }

    [Fact]
    public void Pictures_beside_a_notebook_of_ones_own_come_along_and_what_is_missing_is_said()
    {
        string[] pictures = ["a.png", "img/b c.JPG", "pictures/d.svg"];
        pictures.ToList().ForEach(picture => course.Write($"mine/{picture}", picture));
        course.Write("secret.png", "");
        course.WriteNotebook("mine/mine.ipynb",
            Markdown("![](a.png) ![](img/b%20c.JPG) <img src=\"./pictures/d.svg\"> ![](gone.png) ![](../secret.png)"),
            Markdown("![](a/..%2F..%2Fsecret.png)"),
            Code("1", Shown(("text/html", "<img src=\"a.png\">"))));
        Notebook notebook = Notebook.Load(course.InRoot("mine/mine.ipynb"));
        new ExecutedNotebook(notebook, notebook).SaveTo(course.InRoot("out"));
        Assert.All(pictures, picture => Assert.Equal(picture, course.Read(picture)));

        Directory.Delete(course.InRoot("mine"), recursive: true);
        var pages = new PageFolder(course.InRoot("out"));
        Assert.Empty(pages.Write([]));
        Assert.Equal(
            ["mine.ipynb: ../secret.png", "mine.ipynb: a/../../secret.png", "mine.ipynb: gone.png"],
            pages.MissingPictures);
        Assert.All(["a.png", "img/b%20c.JPG", "pictures/d.svg"], picture =>
            Assert.Contains($"<img src=\"{picture}\"", course.Read("mine.html")));
    }
}
