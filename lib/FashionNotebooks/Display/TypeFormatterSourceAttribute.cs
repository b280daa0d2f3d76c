namespace FashionNotebooks;

/// <summary>
/// Tells .NET Interactive how to show a type. The kernel looks for an attribute of this name and these properties in
/// any assembly, so that a library can be shown without referencing the kernel's packages.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types that an editor gets, all of them in one output.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
