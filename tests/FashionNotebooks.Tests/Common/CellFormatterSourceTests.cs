using Microsoft.Data.Analysis;

namespace FashionNotebooks.Tests;

/// <summary>Looks at the library's types as .NET Interactive does: by name, without knowing them.</summary>
public class CellFormatterSourceTests
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    public static TheoryData<Type> Outputs =>
        [.. typeof(CellOutput).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CellOutput)))];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Outputs_name_their_formatters_and_prefer_html_and_text(Type type)
    {
        string[] all = type == typeof(PlotlyFigure) ? ["text/html", "text/plain", Plotly] : ["text/html", "text/plain"];

        Assert.Equal(all, (string[])Get(FindAttribute(type), "PreferredMimeTypes"));
        Assert.Equal(all, CreateFormatters(type).Keys);
        Assert.Equal(typeof(string), type.GetMethod("ToHtml", Type.EmptyTypes)?.ReturnType);
    }

    [Fact]
    public void A_table_is_written_as_html_and_text()
    {
        var table = new TextTable(["name"], [["cat"]]);

        Assert.Equal((true, table.ToHtml()), Write(table, "text/html"));
        Assert.Equal((true, "name\ncat"), Write(table, "text/plain"));
    }

    [Fact]
    public void A_figure_is_also_written_as_Plotly_specification()
    {
        using var examples = new FigureExamples();
        PlotlyFigure figure = examples.ImageGrid();

        Assert.Equal((true, figure.ToHtml()), Write(figure, "text/html"));
        Assert.Equal((true, figure.Description), Write(figure, "text/plain"));
        Assert.Equal((true, figure.Specification), Write(figure, Plotly));
    }

    [Fact]
    public void Another_type_is_left_to_the_host()
    {
        object formatter = CreateFormatters(typeof(TextTable))["text/html"];
        using var writer = new StringWriter();

        Assert.Equal(false, Format(formatter, new DataFrame(), writer));
        Assert.Equal("", writer.ToString());
    }

    private static (bool Written, string Text) Write(object value, string mimeType)
    {
        using var writer = new StringWriter();
        bool written = (bool)Format(CreateFormatters(value.GetType())[mimeType], value, writer)!;
        return (written, writer.ToString());
    }

    private static Dictionary<string, object> CreateFormatters(Type type)
    {
        object source = Activator.CreateInstance((Type)Get(FindAttribute(type), "FormatterSourceType"))!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        return formatters.ToDictionary(formatter => (string)Get(formatter, "MimeType"));
    }

    private static object FindAttribute(Type type) => type.GetCustomAttributes(inherit: true)
        .Single(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");

    private static object Get(object instance, string property) =>
        instance.GetType().GetProperty(property)!.GetValue(instance)!;

    private static object? Format(object formatter, object value, TextWriter writer) => formatter.GetType()
        .GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(formatter, [value, writer]);
}
