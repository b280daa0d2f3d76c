using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Snapshooter.Xunit3;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class PlotlyFigureTests
{
    [Fact]
    public void A_page_shows_a_white_card_with_the_description_until_the_chart_is_drawn()
    {
        string html = Regex.Replace(Draw("\"quoted\" & <b>bold</b>").ToHtml(), "atob\\(\"[^\"]+", "atob(\"(plotly.js)");

        Snapshot.Match(Regex.Replace(html, "figure-[0-9a-f]{32}", "(a new id)"));
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
    public void Each_showing_of_a_figure_draws_into_its_own_place()
    {
        PlotlyFigure figure = Draw("name");
        string[] pages = [figure.ToHtml(), figure.ToHtml()];

        string[] ids = [.. pages.Select(page => Parse(page).QuerySelector("[role=img]")!.Id!)];

        Assert.NotEqual(ids[0], ids[1]);
        Assert.All(pages.Zip(ids), page => Assert.Contains($"getElementById(\"{page.Second}\")", page.First));
    }

    [Fact]
    public void Plotly_NET_stays_apart_from_the_host_and_writes_for_the_plotly_js_brought_along()
    {
        string version = Regex.Match(PlotlyScript.Read(), @"plotly\.js .*v(\d+\.\d+\.\d+)").Groups[1].Value;

        // The tests have one of their own, in the runner's kernel.
        Assembly plotly = Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), IsPrivatePlotly);
        Assert.Contains(plotly.GetManifestResourceNames(), name => name.Contains($"plotly-{version}.min.js"));
        Assert.DoesNotContain(
            typeof(PlotlyFigure).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Plotly"));
    }

    private static PlotlyFigure Draw(string name)
    {
        using var scope = NewDisposeScope();
        return Figures.ClassProbabilities(zeros(1), trueClass: 0, [name]);
    }

    private static bool IsPrivatePlotly(Assembly assembly) => assembly.GetName().Name == "Plotly.NET"
        && AssemblyLoadContext.GetLoadContext(assembly) != AssemblyLoadContext.Default;

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
