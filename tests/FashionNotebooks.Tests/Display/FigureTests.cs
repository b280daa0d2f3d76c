using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Snapshooter;
using Snapshooter.Xunit3;

namespace FashionNotebooks.Tests;

/// <summary>What holds for every figure.</summary>
public sealed class FigureTests : IDisposable
{
    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FigureExamples examples = new();

    public static TheoryData<string> Examples => FigureExamples.Names;

    public static TheoryData<string> Methods =>
        [.. typeof(Figures).GetMethods().Where(method => method.IsStatic).Select(method => method.Name).Distinct()];

    public void Dispose() => examples.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_figure_has_an_example(string method) =>
        Assert.Contains(Examples, example => example.Data.StartsWith(method));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Describes_and_draws_what_it_is_given(string example)
    {
        PlotlyFigure figure = examples.Draw(example);

        Snapshot.Match(
            $"{figure.Description}\n\n{Readable(figure.Specification)}\n", SnapshotNameExtension.Create(example));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Html_loads_nothing_and_weighs_little(string example)
    {
        string html = examples.Draw(example).ToHtml();

        Assert.DoesNotMatch("src=\"(?!data:)", html);
        Assert.DoesNotContain("://", html);
        Assert.InRange(html.Length, 0, 600_000);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Can_be_drawn_by_the_plotly_js_brought_along(string example)
    {
        JsonArray traces = JsonNode.Parse(examples.Draw(example).Specification)!["data"]!.AsArray();

        Assert.NotEmpty(traces);
        Assert.All(
            traces, trace => Assert.Contains($"moduleType:\"trace\",name:\"{trace!["type"]}\"", PlotlyScript.Read()));
    }

    // Numbers with the digits that all processors agree on, and no pictures.
    private static string Readable(string specification)
    {
        string json = Regex.Replace(specification, "data:image/png;base64,[^\"]*", "(a picture)");
        json = Regex.Replace(json, @"-?\d+\.\d{7,}", number => $"{double.Parse(number.Value):0.######}");
        return Indent(JsonNode.Parse(json), "\n");
    }

    // What fits on a line stands on one.
    private static string Indent(JsonNode? node, string lineBreak)
    {
        string line = node is null ? "null" : node.ToJsonString(Relaxed);
        string inner = lineBreak + "  ";
        string Lines(IEnumerable<string> parts) => inner + string.Join("," + inner, parts) + lineBreak;
        return node switch
        {
            _ when line.Length <= 200 => line,
            JsonArray array => $"[{Lines(array.Select(item => Indent(item, inner)))}]",
            JsonObject all => $"{{{Lines(all.Select(entry => $"\"{entry.Key}\": {Indent(entry.Value, inner)}"))}}}",
            _ => line,
        };
    }
}
