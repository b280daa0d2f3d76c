using static FashionNotebooks.Tests.SmallCourse;

namespace FashionNotebooks.Tests;

/// <summary>Which notebooks the pages show, and in which state.</summary>
public sealed class PageFolderTests : IDisposable
{
    private readonly SmallCourse course = new();

    public void Dispose() => course.Dispose();

    [Fact]
    public void What_has_just_been_run_is_shown_though_its_cells_are_others()
    {
        course.WriteNotebook("out/1-cats.ipynb", Legs("Legs: 5\n", source: "5"));

        Assert.Equal("5", FindLegs("1-cats"));
    }

    [Fact]
    public void What_an_earlier_run_left_is_shown_while_the_cells_are_the_same()
    {
        var injected = Code("seed = 1;");
        injected["metadata"]!["tags"] = new System.Text.Json.Nodes.JsonArray("injected-parameters");
        course.WriteNotebook("out/1-cats.ipynb", Markdown(Title), injected, Legs("Legs: 6\n"));
        Assert.Equal("6", FindLegs());
        Assert.Contains("<a href=\"1-cats.ipynb\" download>", course.Read("1-cats.html"));

        course.WriteNotebook("out/1-cats.ipynb", Markdown(Title), Legs("Legs: 6\n", source: "5"));
        Assert.Equal("4", FindLegs());
        Assert.DoesNotContain("download>", course.Read("1-cats.html"));

        course.Write("out/1-cats.ipynb", "damaged");
        Assert.Equal("4", FindLegs());
    }

    [Fact]
    public void A_renamed_notebook_is_shown_by_its_new_name_alone()
    {
        course.WriteNotebook("out/1-cats.ipynb", Markdown(Title), Legs("Legs: 4\n"));
        course.WritePages("1-cats");
        File.Move(course.InRoot("notebooks/1-cats.ipynb"), course.InRoot("notebooks/1-kittens.ipynb"));
        course.WriteNotebook("out/1-kittens.ipynb", Markdown("# 1. Kittens"));
        course.WritePages("1-kittens");

        Assert.Contains("href=\"1-kittens.html\"", course.Read("index.html"));
        Assert.DoesNotContain("1-cats", course.Read("index.html"));
    }

    [Fact]
    public void An_odd_notebook_costs_only_its_own_page()
    {
        course.WriteNotebook("out/odd.ipynb", Code("1", Shown(("text/plain", "b"))));
        course.Write("out/odd.ipynb", course.Read("odd.ipynb").Replace("{\"text/plain\":\"b\"}", "\"no object\""));
        course.WriteNotebook("out/index.ipynb", Markdown("# Mine"));
        course.Write("out/damaged.ipynb", "damaged");
        course.WriteNotebook("out/1-cats.ipynb", Markdown(Title), Legs("Legs: 4\n"));

        IReadOnlyList<string> problems = course.WritePages("1-cats", "odd", "index", "damaged");

        Assert.Contains("<td>Legs</td>", course.Read("index.html"));
        Assert.True(File.Exists(course.InRoot("out/odd.html")));
        Assert.Equal(["damaged", "index"], problems.Select(FindName).Order());
        static string FindName(string problem) => Path.GetFileNameWithoutExtension(problem.Split(": ")[0]);
    }

    [Fact]
    public void A_run_of_ones_own_notebook_leaves_the_course()
    {
        course.WriteNotebook("out/1-cats.ipynb", Markdown(Title), Legs("Legs: 4\n"));
        course.WriteNotebook("out/mine.ipynb", Markdown("# Mine"));
        course.WritePages("mine");

        string front = course.Read("index.html");
        Assert.Contains("<h1 id=\"course\">Course</h1>", front);
        Assert.Contains("<a href=\"1-cats.html\">1. Cats</a>", front);
        Assert.Contains("<a href=\"mine.html\">Mine</a>", front);
    }

    [Fact]
    public void A_notebook_of_ones_own_has_a_page_without_the_course_and_without_a_clone()
    {
        course.WriteNotebook("out/mine.ipynb", Markdown("# Mine"));
        course.WritePages("mine");
        Assert.Contains("<h1 id=\"mine\">Mine</h1>", course.Read("mine.html"));
        Assert.DoesNotContain("Cats", course.Read("index.html"));

        File.Delete(course.InRoot("FashionNotebooks.sln"));
        File.Delete(course.InRoot("out/mine.html"));
        course.WritePages("mine");
        Assert.Contains("<h1 id=\"mine\">Mine</h1>", course.Read("mine.html"));
    }

    /// <summary>The number of legs on the front page.</summary>
    private string FindLegs(params string[] executed)
    {
        course.WritePages(executed);
        return course.Read("index.html").Split("<td>Legs</td><td>")[1].Split('<')[0];
    }
}
