using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using static System.Net.WebUtility;

namespace FashionNotebooks.Runner;

/// <summary>Colours C#: pieces of a script that follow one another, so that later ones know the names of earlier
/// ones. The compiler itself tells what each word is.</summary>
internal sealed partial class CSharpHtml
{
    // Only what C# needs: to find all that is there takes seconds.
    private static readonly MefHostServices Host = MefHostServices.Create(
    [
        Assembly.Load("Microsoft.CodeAnalysis.Workspaces"), Assembly.Load("Microsoft.CodeAnalysis.CSharp.Workspaces"),
    ]);

    private readonly Dictionary<string, int> starts = [];
    private readonly string script;
    private readonly (TextSpan Place, string Class)[] words;

    /// <param name="pieces">The cells, in order.</param>
    /// <param name="references">Assemblies whose types the cells use. Without one, its names stay uncoloured.</param>
    public CSharpHtml(IEnumerable<string> pieces, IEnumerable<MetadataReference> references)
    {
        var text = new StringBuilder();
        foreach (string piece in pieces)
        {
            starts.TryAdd(piece, text.Length);
            text.Append(piece).Append("\n;\n");
        }

        script = text.ToString();
        using var workspace = new AdhocWorkspace(Host);
        Document document = workspace.AddProject(ProjectInfo
            .Create(ProjectId.CreateNewId(), VersionStamp.Default, "cells", "cells", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script))
            .WithCompilationOptions(new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, usings: FindImports(script)))
            .WithMetadataReferences(references))
            .AddDocument("cells.csx", SourceText.From(script)).WithSourceCodeKind(SourceCodeKind.Script);
        var all = new TextSpan(0, script.Length);
        words =
        [
            .. from word in Classifier.GetClassifiedSpansAsync(document, all).GetAwaiter().GetResult()
               let style = FindClass(word.ClassificationType)
               where style is not null
               orderby word.TextSpan.Start
               select (word.TextSpan, style),
        ];
    }

    // Those that a C# notebook has from the beginning, and those of its cells: in a file they would have to come first.
    private static IEnumerable<string> FindImports(string script) =>
        Using().Matches(script).Select(line => line.Groups[1].Value).Concat(
            ["System", "System.Collections.Generic", "System.Linq", "System.Text", "System.Threading.Tasks"]);

    /// <summary>One of the pieces as HTML: what has a colour is in a <c>span</c> with a class.</summary>
    public string Write(string piece)
    {
        if (!starts.TryGetValue(piece, out int position))
            return HtmlEncode(piece);

        var html = new StringBuilder();
        int end = position + piece.Length;
        foreach ((TextSpan place, string style) in words)
        {
            if (place.Start < position || place.End > end)
                continue;

            html.Append(HtmlEncode(script[position..place.Start]));
            html.Append($"<span class=\"{style}\">{HtmlEncode(script[place.Start..place.End])}</span>");
            position = place.End;
        }

        return html.Append(HtmlEncode(script[position..end])).ToString();
    }

    private static string? FindClass(string classification) => classification switch
    {
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword
            or ClassificationTypeNames.PreprocessorKeyword => "keyword",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral => "string",
        ClassificationTypeNames.NumericLiteral => "number",
        ClassificationTypeNames.Comment => "comment",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.StructName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.DelegateName
            or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.RecordStructName
            or ClassificationTypeNames.TypeParameterName => "type",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "method",
        _ => null,
    };

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
