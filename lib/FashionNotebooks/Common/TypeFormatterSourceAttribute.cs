namespace FashionNotebooks;

/// <summary>
/// Tells .NET Interactive how to show a type. The kernel looks for an attribute of this name and these properties in
/// any assembly, so that a library can be shown without referencing the kernel's packages.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
