using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.RunnerCommandTests;
using static FashionNotebooks.Tests.TemporaryNotebooks;

namespace FashionNotebooks.Tests;

/// <summary>Notebooks that the runner refuses before it runs one, or overwrites it.</summary>
public sealed class RefusedNotebookTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();
    private readonly string source;

    public RefusedNotebookTests() => source = notebooks.Write("small.ipynb", CreateCode("a", "1"));

    public void Dispose() => notebooks.Dispose();

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("latin1")]
    [InlineData("gb18030")]
    public async Task A_notebook_that_is_not_in_UTF_8_is_refused_and_left_alone(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string text = CreateNotebook(CreateCode("a", "Console.WriteLine(1);"), CreateMarkdown("b", "Prêt 图"))
            .ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        byte[] bytes = Encoding.GetEncoding(encoding).GetBytes(text);
        await File.WriteAllBytesAsync(source, bytes, TestContext.Current.CancellationToken);

        await AssertRefusedAsync($"{source}: The file is not in UTF-8", source, "--in-place");

        Assert.Equal(bytes, await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("fsharp", "let x = 1", "polyglot_notebook", "kernelName", "fsharp")]
    [InlineData("mermaid", "graph TD", "dotnet_interactive", "language", "mermaid")]
    [InlineData("#!markdown", "1\n#!markdown\n# Title")]
    [InlineData("%%bash", "%%bash\nls")]
    public Task A_cell_in_another_language_is_refused_before_anything_runs(
        string language, string code, string? group = null, string? name = null, string? value = null)
    {
        JsonObject cell = CreateCode("c3", code);
        if (group is not null)
            cell["metadata"]![group] = new JsonObject { [name!] = value };

        string other = notebooks.Write("other.ipynb", CreateCode("c2", "1"), cell);
        return AssertRefusedAsync($"{other}: Only C# is run; cell c3 asks for {language}.", source, other);
    }

    [Theory]
    [InlineData("#!csharp\n1")]
    [InlineData("#!c#\n1")]
    [InlineData("#!import a.cs")]
    public void A_command_that_C_sharp_has_here_too_is_not_refused(string code) =>
        Assert.Null(new NotebookCell(CreateCode("a", code)).Missing);

    [Theory]
    [InlineData("NB.IPYNB")]
    [InlineData("nb.json")]
    public Task A_file_whose_name_is_not_a_notebooks_is_refused(string name) => AssertRefusedAsync(
        $"{name}: expected a notebook, whose name ends in .ipynb.", source,
        notebooks.Write(name, CreateCode("a", "1")));

    [Fact]
    public async Task A_pipe_or_a_device_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes among the files.");
        string pipe = Path.Combine(notebooks.Folder, "pipe.ipynb");
        string link = Path.Combine(notebooks.Folder, "link.ipynb");
        ToolProcess.Run("mkfifo", pipe);
        File.CreateSymbolicLink(link, "/dev/zero");

        await AssertRefusedAsync($"{pipe}: expected a notebook, found an empty file, a device or a pipe.", pipe);
        await AssertRefusedAsync($"{link}: expected a notebook, found an empty file, a device or a pipe.", link);
    }
}
