using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

public class ValueFormatterTests
{
    [Fact]
    public void A_value_is_written_as_CSharp_and_a_text_as_it_is()
    {
        Assert.Equal(new() { ["text/plain"] = "0.5" }, ValueFormatter.Format(0.5));
        Assert.Equal(new() { ["text/plain"] = "List<int>(2) { 1, 2 }" }, ValueFormatter.Format(new List<int> { 1, 2 }));
        Assert.Equal(new() { ["text/plain"] = "say \"cat\"\n" }, ValueFormatter.Format("say \"cat\"\n"));
    }

    [Fact]
    public void An_attribute_of_the_right_name_on_a_base_class_gives_the_formats()
    {
        Dictionary<string, string> bundle = ValueFormatter.Format(new Cat());

        Assert.Equal(["text/html", "text/plain"], bundle.Keys.Order());
        Assert.Equal("<b>cat</b>", bundle["text/html"]);
        Assert.Contains("a cat", bundle["text/plain"]);
    }

    [Fact]
    public void The_outputs_of_the_library_bring_their_formats()
    {
        var figure = new PlotlyFigure("{}", "Nothing.");

        Assert.Equal(
            ["application/vnd.plotly.v1+json", "text/html", "text/plain"], ValueFormatter.Format(figure).Keys.Order());
        var table = new TextTable(["name"], [["cat"]]);
        Assert.Equal(["text/html", "text/plain"], ValueFormatter.Format(table).Keys.Order());
    }

    [TypeFormatterSource(typeof(AnimalFormatters))]
    private abstract class Animal
    {
        public override string ToString() => "a cat";
    }

    private sealed class Cat : Animal;

    private sealed class AnimalFormatters
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new Formatter("text/html", "<b>cat</b>"), new Formatter("text/latex", null)];
    }

    private sealed class Formatter(string mimeType, string? text)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(text);
            return instance is Cat && text is not null;
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;
    }
}
