using System.Text.Encodings.Web;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

public class CellOutputsTests
{
    private readonly StringWriter terminal = new();
    private readonly CellOutputs outputs;

    public CellOutputsTests() => outputs = new CellOutputs(terminal, executionCount: 1);

    [Theory]
    [InlineData("abc\r\n", "abc\n")]
    [InlineData("abc\r|\nd", "abc\nd")]
    [InlineData("abc\rX\n", "Xbc\n")]
    [InlineData("  5%|\r 10%|\r100%\n", "100%\n")]
    [InlineData("first\nsecond\r", "first\nsecond")]
    [InlineData("one\r\r\ntwo", "one\ntwo")]
    public void The_notebook_keeps_what_the_terminal_shows_in_the_end(string pieces, string kept)
    {
        foreach (string piece in pieces.Split('|'))
            outputs.Print("stdout", piece);

        Assert.Equal(kept, string.Concat(outputs.ToJson().Single()["text"]!.AsArray()));
        Assert.Equal(pieces.Replace("|", ""), terminal.ToString());
    }

    [Fact]
    public void A_value_can_be_updated()
    {
        outputs.Show(new Dictionary<string, string> { ["text/plain"] = "installing" }, isResult: false, id: "a");
        outputs.Show(new Dictionary<string, string> { ["text/plain"] = "other" }, isResult: false, id: "b");

        outputs.Update(
            "a", new Dictionary<string, string> { ["text/plain"] = "installed", ["text/html"] = "<b>installed</b>" });

        Assert.Equal(
            ["""{"text/html":["<b>installed</b>"],"text/plain":["installed"]}""", """{"text/plain":["other"]}"""],
            outputs.ToJson().Select(output => output["data"]!.ToJsonString(
                new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
    }

    [Fact]
    public void The_first_failure_counts()
    {
        outputs.Fail("Timeout", "too long", "");
        outputs.Fail("Exception", "later", "");

        Assert.Equal("too long", (string)outputs.ToJson().Single()["evalue"]!);
    }
}
