using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp.Scripting.Hosting;

namespace FashionNotebooks.Runner;

/// <summary>
/// Writes the value of a cell in the formats that its type offers. A type says so as it does to .NET Interactive:
/// with an attribute named TypeFormatterSourceAttribute, found by name.
/// </summary>
internal static class ValueFormatter
{
    /// <returns>A text for each MIME type; <c>text/plain</c> is always there.</returns>
    public static Dictionary<string, string> Format(object value)
    {
        var bundle = new Dictionary<string, string>();
        foreach (object formatter in FindFormatters(value.GetType()))
        {
            using var writer = new StringWriter();
            if (Call(formatter, "Format", value, writer) is true)
                bundle[(string)Get(formatter, "MimeType")!] = writer.ToString();
        }

        if (!bundle.ContainsKey("text/plain"))
            bundle["text/plain"] = value as string ?? CSharpObjectFormatter.Instance.FormatObject(value);

        return bundle;
    }

    private static IEnumerable<object> FindFormatters(Type type)
    {
        Attribute? attribute = type.GetCustomAttributes<Attribute>(inherit: true)
            .FirstOrDefault(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");
        if (attribute is null)
            return [];

        object source = Activator.CreateInstance((Type)Get(attribute, "FormatterSourceType")!, nonPublic: true)!;
        return ((IEnumerable)Call(source, "CreateTypeFormatters")!).Cast<object>();
    }

    private static object? Get(object instance, string property) =>
        instance.GetType().GetProperty(property)!.GetValue(instance);

    private static object? Call(object instance, string method, params object[] arguments) =>
        instance.GetType().GetMethod(method)!.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
