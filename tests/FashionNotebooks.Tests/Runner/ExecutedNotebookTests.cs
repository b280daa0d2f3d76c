using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.TemporaryNotebooks;

namespace FashionNotebooks.Tests;

public sealed class ExecutedNotebookTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();
    private readonly string path;
    private readonly ExecutedNotebook executed;

    public ExecutedNotebookTests()
    {
        path = notebooks.Write("small.ipynb", CreateCode("chart", "1", "picture"), CreateCode("other", "2"));
        executed = new(Notebook.Load(path), Notebook.Load(path));
        foreach (NotebookCell cell in executed.Executed.CodeCells)
        {
            var outputs = new CellOutputs(TextWriter.Null, executionCount: 1);
            var forms = new Dictionary<string, string> { ["text/plain"] = "a chart", ["image/png"] = "AQID\n" };
            outputs.Show(forms, isResult: true);
            cell.Record(1, outputs.ToJson());
        }
    }

    public void Dispose() => notebooks.Dispose();

    [Fact]
    public void In_place_writes_the_picture_of_each_cell_with_that_tag()
    {
        Assert.True(executed.TryReplaceSource());

        Assert.True(Notebook.Load(path).CodeCells[0].HasRun);
        string picture = Assert.Single(Directory.GetFiles(Path.Combine(notebooks.Folder, "pictures")));
        Assert.Equal("small-chart.png", Path.GetFileName(picture));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(picture));
    }

    [Fact]
    public void A_text_that_cannot_be_a_page_costs_no_run()
    {
        string deep = notebooks.Write("deep.ipynb", CreateMarkdown("deep", new string('>', 5000) + " x"));

        Assert.True(new ExecutedNotebook(Notebook.Load(deep), Notebook.Load(deep)).TryReplaceSource());
    }

    [Fact]
    public void A_notebook_that_was_edited_while_it_ran_is_not_replaced()
    {
        File.AppendAllText(path, " ");
        string edited = File.ReadAllText(path);

        Assert.False(executed.TryReplaceSource());

        Assert.Equal(edited, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(notebooks.Folder, "*", SearchOption.AllDirectories));
    }
}
