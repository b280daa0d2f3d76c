using FashionNotebooks.Runner;
using Microsoft.CodeAnalysis.Scripting;

namespace FashionNotebooks.Tests;

[Trait("Category", "Slow")]
public sealed class CSharpSessionTests : IDisposable
{
    private readonly CSharpSession session = new();
    private readonly string currentDirectory = Directory.GetCurrentDirectory();

    public void Dispose() => Directory.SetCurrentDirectory(currentDirectory);

    [Fact]
    public async Task A_cell_sees_what_earlier_cells_declared()
    {
        await session.RunAsync("using System.IO;\nint x = 40;\nint Add(int y) => x + y;");
        await session.RunAsync("x++;\nvar separator = Path.DirectorySeparatorChar;");

        Assert.Equal(43, await session.RunAsync("Add(2)"));
    }

    [Fact]
    public async Task Only_a_last_expression_without_semicolon_is_a_value()
    {
        Assert.Null(await session.RunAsync("var word = \"cat\";"));
        Assert.Null(await session.RunAsync("word.ToUpper();"));
        Assert.Equal("CAT", await session.RunAsync("word = word.ToUpper();\nword"));
    }

    [Fact]
    public async Task A_cell_can_wait() =>
        Assert.Equal(3, await session.RunAsync("await Task.Delay(1);\nawait Task.FromResult(3)"));

    [Fact]
    public async Task A_relative_reference_is_found_from_the_current_directory()
    {
        const string Code = "BigGustave.PngBuilder.Create(2, 3, false) is not null";
        await Assert.ThrowsAsync<CompilationErrorException>(() => session.RunAsync(Code));
        string parent = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

        await session.RunAsync($"System.IO.Directory.SetCurrentDirectory(@\"{AppContext.BaseDirectory}\");");
        Assert.Equal(true, await session.RunAsync($"#r \"../{parent}/BigGustave.dll\"\n{Code}"));
    }

    [Fact]
    public async Task Code_that_does_not_compile_is_refused_and_leaves_the_state()
    {
        await session.RunAsync("int x = 1;");

        var exception = await Assert.ThrowsAsync<CompilationErrorException>(() => session.RunAsync("int y = nothing;"));

        Assert.Contains("CS0103", exception.Message);
        Assert.Equal(1, await session.RunAsync("x"));
    }

    [Fact]
    public async Task An_exception_comes_out_as_it_was_thrown()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => session.RunAsync("throw new InvalidOperationException(\"No cat.\");"));

        Assert.Equal("No cat.", exception.Message);
    }
}
