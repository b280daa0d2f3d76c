using System.Text.Json.Nodes;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

public class PortableSubsetTests
{
    [Theory]
    [InlineData("#!time\nint x = 1;", "the magic command '#!time'")]
    [InlineData("#!import \"../lib/Build.cs\"", "the magic command")]
    [InlineData("#!import /home/me/Build.cs", "the magic command")]
    [InlineData("#r \"nuget: TorchSharp\"", "needs a network")]
    [InlineData("  #r \"/home/me/library.dll\"", "import lib/bin/Release/Load.cs")]
    [InlineData("Formatter.Register<int>(x => \"\");", "Formatter: only Polyglot Notebooks has it")]
    [InlineData("#load \"helper.csx\"", "put the code into the library")]
    [InlineData("display(42);", "display(...): end the cell with the value to show")]
    [InlineData(
        "using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;", "only Polyglot Notebooks has it")]
    [InlineData("Tensor half = tensor(0.5f);", "write from_array(...)")]
    [InlineData("var list = new List<dynamic>();", "dynamic: name the type")]
    [InlineData("using var scope = NewDisposeScope();", "using var outside a block")]
    [InlineData("static int Twice(this int x) => 2 * x;", "an extension method")]
    [InlineData("namespace Mine { class Net { } }", "a namespace")]
    public void What_some_host_does_not_know_is_named(string source, string violation) =>
        Assert.Contains(violation, Assert.Single(PortableSubset.FindViolations(CreateCell(source))));

    [Theory]
    [InlineData("#!import ../lib/bin/Release/Load.cs\nusing System.IO;\nusing FashionNotebooks;")]
    [InlineData("using (var scope = NewDisposeScope())\n{\n    Console.WriteLine(1);\n}")]
    [InlineData("void Read()\n{\n    using var file = File.OpenRead(\"a\");\n}")]
    [InlineData("// display(x) and dynamic are only mentioned\nvar text = \"display(x); using var y\";\ntext.Length")]
    [InlineData("int dynamic = 1;\nConsole.WriteLine(dynamic);")]
    [InlineData("sealed class Net { }\nvar net = new Net();\nawait Task.Delay(1);\nnet")]
    [InlineData("does not parse (")]
    public void What_every_host_knows_is_allowed(string source) =>
        Assert.Empty(PortableSubset.FindViolations(CreateCell(source)));

    [Fact]
    public void A_cell_in_another_language_is_named()
    {
        JsonObject json = TemporaryNotebooks.CreateCode("a", "1 + 1");
        json["metadata"]!["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" };

        Assert.Equal(["the language fsharp: write the cell in C#."], PortableSubset.FindViolations(new(json)));
    }

    private static NotebookCell CreateCell(string source) => new(TemporaryNotebooks.CreateCode("a", source));
}
