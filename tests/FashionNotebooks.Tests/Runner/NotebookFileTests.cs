using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>The file of a notebook that is read and saved again.</summary>
public sealed class NotebookFileTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();

    public void Dispose() => notebooks.Dispose();

    // An emoji, an escape that need not be one, and numbers that could be written in other ways.
    [Theory]
    [InlineData("👗 图 → <b>")]
    [InlineData("\\u00e9 \\u2028")]
    public void What_is_not_touched_stays_as_it_is_to_the_byte(string words)
    {
        string text = Write(source: words, outputs: "[]");

        Notebook.Load(notebooks.WriteText("small.ipynb", text)).Save(Path.Combine(notebooks.Folder, "saved.ipynb"));

        Assert.Equal(text, File.ReadAllText(Path.Combine(notebooks.Folder, "saved.ipynb")));
    }

    [Theory]
    [InlineData("[{\"data\": NaN}]")]
    [InlineData(null)]
    public void Outputs_of_an_earlier_run_do_not_decide_whether_a_notebook_can_be_read(string? outputs)
    {
        outputs ??= new string('[', 200) + new string(']', 200);

        Notebook notebook = Notebook.Load(notebooks.WriteText("small.ipynb", Write("1 + 1", outputs)));

        Assert.Equal("1 + 1", Assert.Single(notebook.CodeCells).Source);
        Assert.Empty(notebook.CodeCells[0].Outputs);
    }

    [Fact]
    public void A_link_stays_a_link_and_a_file_keeps_its_permissions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege, and there are no Unix permissions.");
        string real = notebooks.WriteText("real.ipynb", Write("1", "[]"));
        string link = Path.Combine(notebooks.Folder, "link.ipynb");
        File.CreateSymbolicLink(link, "real.ipynb");
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(real, Mine);

        Notebook notebook = Notebook.Load(link);
        notebook.CodeCells[0].Record(7, []);
        notebook.Save(link);

        Assert.Equal("real.ipynb", new FileInfo(link).LinkTarget);
        Assert.Equal(7, Notebook.Load(real).CodeCells[0].ExecutionCount);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(Mine, File.GetUnixFileMode(real));
    }

    private static string Write(string source, string outputs) => $$"""
        {
         "cells": [
          {
           "cell_type": "code",
           "execution_count": null,
           "id": "a",
           "metadata": {},
           "outputs": {{outputs}},
           "source": "{{source}}"
          }
         ],
         "metadata": {
          "kernelspec": {
           "name": ".net-csharp"
          },
          "ratio": 1.50e-07
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;
}
