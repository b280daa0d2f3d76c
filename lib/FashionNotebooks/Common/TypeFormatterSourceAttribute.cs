namespace FashionNotebooks;

/// <summary>
/// Tells .NET Interactive how to show a type. The kernel looks for an attribute of this name with these properties.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
