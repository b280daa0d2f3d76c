using System.IO.Compression;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class PlotlyFigureTests
{
    public static TheoryData<string> Kinds => [.. FigureKinds.Names];

    [Fact]
    public void Html_describes_the_figure_to_those_who_cannot_see_it()
    {
        PlotlyFigure figure = Draw("\"quoted\" & <b>bold</b>");

        IElement drawing = Parse(figure.ToHtml()).QuerySelector("[role=img]")!;

        Assert.Contains("image of class \"quoted\" & <b>bold</b>: ", drawing.GetAttribute("aria-label"));
        Assert.Equal(figure.Description, drawing.GetAttribute("aria-label"));
        Assert.Equal(figure.Description, figure.ToString());
    }

    [Theory]
    [InlineData("</script><p>out</p>")]
    [InlineData("<!--<script>")]
    public void No_text_in_a_figure_ends_its_script_or_runs_over_it(string name)
    {
        IHtmlDocument page = Parse(Draw(name).ToHtml() + "<p>next</p>");

        Assert.Single(page.Scripts);
        Assert.Equal(2, page.QuerySelectorAll("p").Length);
        Assert.Equal("next", page.QuerySelectorAll("p").Last().TextContent);
    }

    [Fact]
    public void The_description_stands_there_until_the_chart_is_drawn()
    {
        PlotlyFigure figure = Draw("name");

        Assert.Equal(figure.Description, Parse(figure.ToHtml()).QuerySelector("[role=img] > p")!.TextContent);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Html_loads_nothing_and_weighs_little(string kind)
    {
        string html = FigureKinds.Draw(kind).ToHtml();

        Assert.DoesNotMatch("src=\"(?!data:)", html);
        Assert.DoesNotContain("://", html);
        Assert.InRange(html.Length, 0, 600_000);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_figure_is_a_white_card_that_scrolls_where_it_is_too_wide(string kind)
    {
        string style = Parse(FigureKinds.Draw(kind).ToHtml()).Body!.FirstElementChild!.GetAttribute("style")!;

        Assert.Contains("background: #fff;", style);
        Assert.Contains("max-width: 100%;", style);
        Assert.Contains("overflow-x: auto;", style);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_plotly_js_brought_along_can_draw_every_kind(string kind)
    {
        JsonArray traces = JsonNode.Parse(FigureKinds.Draw(kind).Specification)!["data"]!.AsArray();

        Assert.NotEmpty(traces);
        Assert.All(traces, trace => Assert.Contains($"moduleType:\"trace\",name:\"{trace!["type"]}\"", PlotlyJs()));
    }

    [Fact]
    public void The_plotly_js_brought_along_is_of_the_version_that_Plotly_NET_writes_for()
    {
        string script = PlotlyJs();

        Assembly plotly = AppDomain.CurrentDomain.GetAssemblies().Single(IsPrivatePlotly);
        string version = Regex.Match(script, @"plotly\.js .*v(\d+\.\d+\.\d+)").Groups[1].Value;
        Assert.Contains(plotly.GetManifestResourceNames(), name => name.Contains($"plotly-{version}.min.js"));
    }

    [Fact]
    public void Each_showing_of_a_figure_draws_into_its_own_place()
    {
        PlotlyFigure figure = Draw("name");
        string[] pages = [figure.ToHtml(), figure.ToHtml()];

        string[] ids = [.. pages.Select(page => Parse(page).QuerySelector("[role=img]")!.Id!)];

        Assert.NotEqual(ids[0], ids[1]);
        Assert.All(pages.Zip(ids), page => Assert.Contains($"getElementById(\"{page.Second}\")", page.First));
    }

    [Fact]
    public void Plotly_NET_stays_apart_from_the_host()
    {
        Draw("name");

        // The tests have one of their own, in the runner's kernel.
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), IsPrivatePlotly);
        Assert.DoesNotContain(
            typeof(PlotlyFigure).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Plotly"));
    }

    [Fact]
    public void An_error_in_the_drawing_is_not_wrapped() => Assert.Throws<DivideByZeroException>(
        () => PlotlyLoadContext.Call("ImageGridChart", "Draw", new byte[][][] { [[1]] }, 1, new[] { "" }, 0, false));

    private static PlotlyFigure Draw(string name)
    {
        using var scope = NewDisposeScope();
        return Figures.ClassProbabilities(zeros(1), trueClass: 0, [name]);
    }

    private static string PlotlyJs()
    {
        string compressed = Regex.Match(Draw("name").ToHtml(), "atob\\(\"([^\"]+)\"\\)").Groups[1].Value;
        using var stream = new MemoryStream(Convert.FromBase64String(compressed));
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        using var script = new StreamReader(gzip);
        return script.ReadToEnd();
    }

    private static bool IsPrivatePlotly(Assembly assembly) => assembly.GetName().Name == "Plotly.NET"
        && AssemblyLoadContext.GetLoadContext(assembly) != AssemblyLoadContext.Default;

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
