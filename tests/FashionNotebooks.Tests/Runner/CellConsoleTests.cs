using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

public sealed class CellConsoleTests : IDisposable
{
    private readonly TextWriter standardOutput = Console.Out;
    private readonly TextWriter standardError = Console.Error;
    private readonly StringWriter shown = new();

    public CellConsoleTests()
    {
        Console.SetOut(shown);
        Console.SetError(shown);
    }

    public void Dispose()
    {
        Console.SetOut(standardOutput);
        Console.SetError(standardError);
        shown.Dispose();
    }

    [Fact]
    public void Neighbours_of_one_stream_are_joined_in_the_order_of_printing()
    {
        using var console = new CellConsole();

        Console.Write('a');
        Console.WriteLine(1);
        Console.WriteLine("two\r\nthree");
        Console.Error.Write("wrong");
        Console.WriteLine();
        Console.WriteLine("{0:F1}", 0.5);

        Assert.Equal(
            [
                """{"name":"stdout","output_type":"stream","text":["a1\n","two\n","three\n"]}""",
                """{"name":"stderr","output_type":"stream","text":["wrong"]}""",
                """{"name":"stdout","output_type":"stream","text":["\n","0.5\n"]}""",
            ],
            console.Outputs().Select(output => output.ToJsonString()));
    }

    [Fact]
    public void What_is_printed_is_shown_at_once()
    {
        using var console = new CellConsole();

        Console.Write("epoch 1");
        Assert.Equal("epoch 1", shown.ToString());

        Console.Error.Write("!");
        Assert.Equal("epoch 1!", shown.ToString());
    }

    [Fact]
    public void After_the_cell_the_console_is_as_it_was()
    {
        IReadOnlyList<JsonObject> outputs;
        using (var console = new CellConsole())
        {
            outputs = console.Outputs();
            console.Dispose();
            Console.Write("after");
            Assert.Empty(console.Outputs());
        }

        Assert.Empty(outputs);
        Assert.Equal("after", shown.ToString());
    }
}
