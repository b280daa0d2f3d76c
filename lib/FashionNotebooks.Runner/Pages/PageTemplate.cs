using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;

namespace FashionNotebooks.Runner;

/// <summary>The HTML that is the same on all pages, from the Liquid templates in the folder <c>templates</c>
/// (https://shopify.github.io/liquid).</summary>
internal static class PageTemplate
{
    private static readonly FluidParser Parser = new();
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // The models are this project's own objects: a template may read all that they have.
    private static readonly TemplateOptions Options = new() { MemberAccessStrategy = new UnsafeMemberAccessStrategy() };

    /// <summary>A template with the values of a model; a value is text unless the template says <c>raw</c>.</summary>
    public static string Render(string name, object model) =>
        Parser.Parse(Read(name)).Render(new TemplateContext(model, Options), Encoder);

    /// <summary>A file of the folder <c>templates</c>.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageTemplate).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
