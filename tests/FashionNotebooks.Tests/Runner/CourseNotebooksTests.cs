using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>Looks for notebooks in a small repository instead of the one around the tests.</summary>
public sealed class CourseNotebooksTests : IDisposable
{
    private const string BaseDirectory = "APP_CONTEXT_BASE_DIRECTORY";

    private readonly object? baseDirectory = AppContext.GetData(BaseDirectory);
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fashion-root-");

    public CourseNotebooksTests()
    {
        Create("FashionNotebooks.sln");
        Create("notebooks/2-models.ipynb");
        Create("notebooks/1-data.ipynb");
        Create("notebooks/notes.txt");
        AppContext.SetData(BaseDirectory, Path.Combine(root.FullName, "lib", "bin"));
    }

    public void Dispose()
    {
        AppContext.SetData(BaseDirectory, baseDirectory);
        root.Delete(recursive: true);
    }

    [Fact]
    public void Without_names_all_are_found_in_order() =>
        Assert.Equal([InRoot("notebooks/1-data.ipynb"), InRoot("notebooks/2-models.ipynb")], CourseNotebooks.Find([]));

    [Theory]
    [InlineData(CourseNotebooks.SeedsNotebook)]
    [InlineData(CourseNotebooks.RecipesNotebook)]
    public void A_notebook_that_takes_an_hour_is_found_only_by_name(string name)
    {
        string path = Create($"notebooks/{name}.ipynb");

        Assert.DoesNotContain(path, CourseNotebooks.Find([]));
        Assert.Equal([path], CourseNotebooks.Find([name]));
    }

    [Fact]
    public void A_notebook_is_named_with_or_without_extension_or_by_its_path()
    {
        string other = Create("elsewhere/mine.ipynb");

        Assert.Equal(
            [InRoot("notebooks/2-models.ipynb"), other, InRoot("notebooks/1-data.ipynb")],
            CourseNotebooks.Find(["2-models", other, "1-data.ipynb"]));
    }

    [Fact]
    public void A_relative_path_needs_no_repository_and_becomes_a_full_one()
    {
        string other = Create("elsewhere/mine.ipynb");
        File.Delete(InRoot("FashionNotebooks.sln"));

        Assert.Equal([other], CourseNotebooks.Find([Path.GetRelativePath(Directory.GetCurrentDirectory(), other)]));
        Assert.Contains("--output", Assert.Throws<RunnerException>(() => CourseNotebooks.Find([])).Message);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        var exception = Assert.Throws<RunnerException>(() => CourseNotebooks.Find(["3-train"]));

        Assert.Equal(
            "3-train is neither a notebook nor an option. "
            + "Give a path, one of 1-data, 2-models, or --help for the options.",
            exception.Message);
    }

    [Fact]
    public void Executed_notebooks_go_into_artifacts() =>
        Assert.Equal(InRoot("artifacts/notebooks"), CourseNotebooks.DefaultOutput());

    private string InRoot(string path) => Path.Combine([root.FullName, .. path.Split('/')]);

    private string Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InRoot(path))!);
        File.WriteAllText(InRoot(path), "");
        return InRoot(path);
    }
}
