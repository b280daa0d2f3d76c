using System.IO.Compression;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class PlotlyFigureTests
{
    [Fact]
    public void Html_describes_the_figure_to_those_who_cannot_see_it()
    {
        PlotlyFigure figure = Draw("\"quoted\" & <b>bold</b>");

        IElement drawing = Parse(figure.ToHtml()).QuerySelector("[role=img]")!;

        Assert.Equal("1 grey images in rows of 1: \"quoted\" & <b>bold</b>.", drawing.GetAttribute("aria-label"));
        Assert.Equal(figure.Description, drawing.GetAttribute("aria-label"));
        Assert.Equal(figure.Description, figure.ToString());
    }

    [Theory]
    [InlineData("</script><p>out</p>")]
    [InlineData("<!--<script>")]
    public void No_text_in_a_figure_ends_its_script_or_runs_over_it(string title)
    {
        IHtmlDocument page = Parse(Draw(title).ToHtml() + "<p>next</p>");

        Assert.Single(page.Scripts);
        Assert.Equal(2, page.QuerySelectorAll("p").Length);
        Assert.Equal("next", page.QuerySelectorAll("p").Last().TextContent);
    }

    [Fact]
    public void The_description_stands_there_until_the_chart_is_drawn()
    {
        PlotlyFigure figure = Draw("title");

        Assert.Equal(figure.Description, Parse(figure.ToHtml()).QuerySelector("[role=img] > p")!.TextContent);
    }

    [Fact]
    public void Html_brings_plotly_js_and_loads_nothing()
    {
        string html = Draw("title").ToHtml();

        string compressed = Regex.Match(html, "atob\\(\"([^\"]+)\"\\)").Groups[1].Value;
        using var stream = new MemoryStream(Convert.FromBase64String(compressed));
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        using var script = new StreamReader(gzip);
        Assert.Contains("plotly.js v", script.ReadToEnd());
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("://", html);
    }

    [Fact]
    public void Each_showing_of_a_figure_draws_into_its_own_place()
    {
        PlotlyFigure figure = Draw("title");
        string[] pages = [figure.ToHtml(), figure.ToHtml()];

        string[] ids = [.. pages.Select(page => Parse(page).QuerySelector("[role=img]")!.Id!)];

        Assert.NotEqual(ids[0], ids[1]);
        Assert.All(pages.Zip(ids), page => Assert.Contains($"getElementById(\"{page.Second}\")", page.First));
    }

    [Fact]
    public void Plotly_NET_stays_apart_from_the_host()
    {
        Draw("title");

        bool IsPlotly(Assembly assembly) => assembly.GetName().Name == "Plotly.NET";
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, IsPlotly);
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), IsPlotly);
    }

    [Fact]
    public void An_error_in_the_drawing_is_not_wrapped() => Assert.Throws<DivideByZeroException>(
        () => PlotlyLoadContext.Call("ImageGridChart", "Draw", new byte[][][] { [[1]] }, new[] { "" }, 0));

    private static PlotlyFigure Draw(string title)
    {
        using var scope = NewDisposeScope();
        return Figures.ImageGrid(zeros(1, 1, 28, 28), [title], columns: 1);
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
