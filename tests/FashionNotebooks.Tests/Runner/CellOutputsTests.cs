using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
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
    [InlineData("  5%|\r 10%|\r100%\n", "100%\n")]
    [InlineData("abcdef\rxy", "xycdef")]
    [InlineData("first\nsecond\r", "first\nsecond")]
    [InlineData("one\r\r\ntwo", "one\ntwo")]
    public void Of_a_line_that_is_written_over_stays_what_stands_there_in_the_end(string pieces, string kept)
    {
        foreach (string piece in pieces.Split('|'))
            outputs.Print("stdout", piece);

        Assert.Equal(kept, string.Concat(outputs.ToJson().Single()["text"]!.AsArray()));
        Assert.Equal(pieces.Replace("|", ""), terminal.ToString());
    }

    [Fact]
    public void A_stream_of_megabytes_is_cut_with_a_note()
    {
        string line = new string('x', 99) + "\n";
        for (int i = 0; i < 50_000; i++)
            outputs.Print("stdout", line);

        string text = string.Concat(outputs.ToJson().Single()["text"]!.AsArray());
        Assert.Equal(CellOutputs.Longest, text.IndexOf("\n[1,000,000 more characters are not kept"));
        Assert.Equal(5_000_000, terminal.ToString().Length);
    }

    [Fact]
    public void A_value_of_megabytes_is_cut_with_a_note()
    {
        string huge = new('x', CellOutputs.Longest + 7);
        outputs.Show(new() { ["text/html"] = huge, ["text/plain"] = "small" }, isResult: true);
        outputs.Show(new() { ["text/plain"] = huge }, isResult: false);

        JsonNode[] data = [.. outputs.ToJson().Select(output => output["data"]!)];
        Assert.Null(data[0]["text/html"]);
        Assert.StartsWith("small\n[4,000,007 more", string.Concat(data[0]["text/plain"]!.AsArray()));
        Assert.Contains("x\n[7 more", string.Concat(data[1]["text/plain"]!.AsArray()));
    }

    [Fact]
    public void A_value_can_be_updated()
    {
        outputs.Show(new() { ["text/plain"] = "installing" }, isResult: false, id: "a");
        outputs.Show(new() { ["text/plain"] = "other" }, isResult: false, id: "b");

        outputs.Update("a", new() { ["text/html"] = "<b>installed</b>", ["text/plain"] = "installed" });

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
