using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

[Trait("Category", "Slow")]
public sealed class NotebookExecutionTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();
    private readonly string currentDirectory = Directory.GetCurrentDirectory();

    public void Dispose()
    {
        Directory.SetCurrentDirectory(currentDirectory);
        notebooks.Dispose();
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_is_saved_with_the_compilers_message()
    {
        (bool succeeded, Notebook executed) = await ExecuteAsync("int x = nothing;");

        Assert.False(succeeded);
        JsonNode error = executed.CodeCells[0].Outputs.Single()!;
        Assert.Equal("CompilationError", (string)error["ename"]!);
        Assert.Contains("(1,9): error CS0103", executed.CodeCells[0].Error);
    }

    [Fact]
    public async Task Cells_run_in_the_folder_of_the_notebook()
    {
        File.WriteAllText(Path.Combine(notebooks.Folder, "beside.txt"), "cat");

        (_, Notebook executed) = await ExecuteAsync("System.IO.File.ReadAllText(\"beside.txt\")");

        Assert.Equal("cat", executed.CodeCells[0].Text);
    }

    [Fact]
    public async Task A_figure_without_picture_is_saved_in_every_form_that_someone_shows()
    {
        string library = Path.Combine(AppContext.BaseDirectory, "FashionNotebooks.dll");

        (bool succeeded, Notebook executed) = await ExecuteAsync(
            $"#r \"{library}\"\nusing FashionNotebooks;\nFigures.Architecture(new ConvNet())");

        Assert.True(succeeded, executed.CodeCells[0].Error);
        JsonObject data = executed.CodeCells[0].Outputs.Single()!["data"]!.AsObject();
        Assert.Equal([FigurePictures.PlotlyType, "text/html", "text/plain"], data.Select(entry => entry.Key).Order());
        Assert.StartsWith("Architecture: ", executed.CodeCells[0].Text);
    }

    private async Task<(bool Succeeded, Notebook Executed)> ExecuteAsync(string code)
    {
        Notebook notebook = Notebook.Load(notebooks.Write(TemporaryNotebooks.CreateCode("a", code)));
        bool succeeded = await new NotebookExecution(notebook, notebooks.Folder, figures: null).RunAsync();
        return (succeeded, Notebook.Load(notebook.Path));
    }
}
