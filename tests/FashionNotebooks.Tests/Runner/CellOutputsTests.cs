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
    [InlineData("\e[33mLoading 100%\e[0m\r|\e[32mOk\e[0m\n", "\e[0m\e[32mOk\e[0m\e[33mading 100%\e[0m\n")]
    [InlineData("a long long line\r\e[2|Kshort\n", "short\n")]
    [InlineData("|/\b-\b\\\bdone\n", "done\n")]
    [InlineData("two lines\nof a bar\e[1A\r\e[Kone\nline \n", "one\nline bar\n")]
    [InlineData("\e]0;title\a\e[?25lab\e[1Dc\e[3Gd\e[39m|\e[1;31me\e[0m\n", "acd\e[0m\e[39m\e[1;31me\e[0m\n")]
    [InlineData("\e[31mred\nand \e[1mbold\e[0m\n", "\e[31mred\nand \e[1mbold\e[0m\n")]
    public void The_notebook_keeps_what_the_terminal_shows_in_the_end(string pieces, string kept)
    {
        foreach (string piece in pieces.Split('|'))
            outputs.Print("stdout", piece);

        Assert.Equal(kept, string.Concat(outputs.ToJson().Single()["text"]!.AsArray()));
        Assert.Equal(pieces.Replace("|", ""), terminal.ToString());
    }

    [Fact]
    public void A_value_can_be_updated_by_a_later_cell()
    {
        outputs.Show(new Dictionary<string, string> { ["text/plain"] = "installing" }, isResult: false, id: "a");
        outputs.Show(new Dictionary<string, string> { ["text/plain"] = "other" }, isResult: false, id: "b");

        var later = new CellOutputs(terminal, executionCount: 2, outputs);
        later.Show(
            new Dictionary<string, string> { ["text/plain"] = "installed", ["text/html"] = "<b>installed</b>" },
            isResult: false, id: "a");

        Assert.Equal(
            ["""{"text/html":["<b>installed</b>"],"text/plain":["installed"]}""", """{"text/plain":["other"]}"""],
            outputs.ToJson().Select(output => output["data"]!.ToJsonString(
                new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
        Assert.Empty(later.ToJson());
        Assert.Equal("installing\nother\ninstalled\n", terminal.ToString());
    }

    [Fact]
    public void The_first_failure_counts()
    {
        outputs.Fail("Timeout", "too long", "");
        outputs.Fail("Exception", "later", "");

        Assert.Equal("too long", (string)outputs.ToJson().Single()["evalue"]!);
    }
}
