using System.Net;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using Microsoft.CodeAnalysis;

namespace FashionNotebooks.Tests;

public class CSharpHtmlTests
{
    private static readonly MetadataReference[] Framework = [.. PageFolder.FindReferences("")];

    public static TheoryData<string> Names => NotebookFiles.Names;

    [Fact]
    public void Words_have_the_colour_of_what_they_are()
    {
        string html = Write("// two\nvar text = Path.Combine(\"a\", $\"{2}b\");");

        Assert.Equal(
            "<span class=\"comment\">// two</span>\n"
            + "<span class=\"keyword\">var</span> text = "
            + "<span class=\"type\">Path</span>.<span class=\"method\">Combine</span>("
            + "<span class=\"string\">&quot;a&quot;</span>, <span class=\"string\">$&quot;</span>{"
            + "<span class=\"number\">2</span>}<span class=\"string\">b</span><span class=\"string\">&quot;</span>);",
            html);
    }

    [Fact]
    public void A_cell_knows_the_names_and_usings_of_earlier_ones()
    {
        string[] cells =
        [
            "using System.IO;\nclass Cat { }",
            "static void Feed(Cat cat) { }",
            "Feed(new Cat());\nPath.GetTempPath()",
        ];
        var code = new CSharpHtml(cells, Framework);

        Assert.Equal(
            "<span class=\"method\">Feed</span>(<span class=\"keyword\">new</span> "
            + "<span class=\"type\">Cat</span>());\n"
            + "<span class=\"type\">Path</span>.<span class=\"method\">GetTempPath</span>()",
            code.Write(cells[2]));
    }

    [Theory]
    [InlineData("<b>&amp;</b> \"", "&lt;b&gt;&amp;amp;&lt;/b&gt; &quot;")]
    [InlineData("", "")]
    public void What_is_no_CSharp_stays_text(string code, string html) =>
        Assert.Equal(html, Regex.Replace(Write(code), "</?span[^>]*>", ""));

    [Fact]
    public void A_piece_that_was_not_announced_is_written_without_colours() =>
        Assert.Equal("int x = 1 &lt; 2;", new CSharpHtml([], []).Write("int x = 1 < 2;"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Colours_change_no_letter(string name)
    {
        string[] cells = [.. NotebookFiles.Load(name).CodeCells.Select(cell => cell.Source)];
        var code = new CSharpHtml(cells, []);

        Assert.All(cells, cell =>
            Assert.Equal(cell, WebUtility.HtmlDecode(Regex.Replace(code.Write(cell), "</?span[^>]*>", ""))));
    }

    private static string Write(string piece) => new CSharpHtml(["using System.IO;", piece], Framework).Write(piece);
}
