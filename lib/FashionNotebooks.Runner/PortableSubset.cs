using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FashionNotebooks.Runner;

/// <summary>
/// What a C# cell may hold so that it does the same in Polyglot Notebooks, in the hosts that follow it and in this
/// runner.
/// </summary>
internal static partial class PortableSubset
{
    private static readonly CSharpParseOptions Options =
        CSharpParseOptions.Default.WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Latest);

    /// <returns>
    /// What the cell holds that some host does not know, and what to write instead; empty if all is well.
    /// </returns>
    public static IReadOnlyList<string> FindViolations(NotebookCell cell)
    {
        if (cell.Language is { } language and not "csharp")
            return [$"the language {language}: write the cell in C#."];

        return [.. FindInLines(cell.Source), .. FindInSyntax(cell.Source)];
    }

    private static IEnumerable<string> FindInLines(string source)
    {
        foreach (string line in source.Split('\n'))
        {
            if (Magic().IsMatch(line))
                yield return $"the magic command '{line.Trim()}': do it in C#.";
            else if (NuGet().IsMatch(line))
            {
                yield return $"'{line.Trim()}': "
                    + "reference a built library with a relative path, which needs no network.";
            }
            else if (IndentedReference().IsMatch(line))
                yield return $"'{line.Trim()}' with spaces before it: begin the line with #r.";
            else if (AbsoluteReference().IsMatch(line))
                yield return $"'{line.Trim()}': write a path relative to the notebook, with /.";
            else if (Load().IsMatch(line))
                yield return $"'{line.Trim()}': put the code into the library.";
        }
    }

    private static IEnumerable<string> FindInSyntax(string source)
    {
        foreach (SyntaxNode node in CSharpSyntaxTree.ParseText(source, Options).GetRoot().DescendantNodes())
        {
            string? violation = node switch
            {
                InvocationExpressionSyntax { Expression: IdentifierNameSyntax call }
                    when call.Identifier.Text is "display" or "HTML" or "Javascript" =>
                    $"{call}(...): end the cell with the value to show.",
                UsingDirectiveSyntax { Name: { } name }
                    when name.ToString().StartsWith("Microsoft.DotNet.Interactive", StringComparison.Ordinal) =>
                    $"'using {name}': only Polyglot Notebooks has it.",
                MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax host }
                    when host.Identifier.Text is "Kernel" or "Formatter" =>
                    $"{host}: only Polyglot Notebooks has it.",
                IdentifierNameSyntax { Identifier.Text: "dynamic" } type when SyntaxFacts.IsInTypeOnlyContext(type) =>
                    "dynamic: name the type.",
                // A script cannot hold it at the top: it is read as a using directive whose end is missing.
                UsingDirectiveSyntax { Name: IdentifierNameSyntax { Identifier.Text: "var" } } =>
                    "using var outside a block: write using (...) { }, or var.",
                ParameterSyntax parameter when parameter.Modifiers.Any(SyntaxKind.ThisKeyword) =>
                    "an extension method: write a plain method.",
                BaseNamespaceDeclarationSyntax => "a namespace: declare types without one.",
                _ => null,
            };
            if (violation is not null)
                yield return violation;
        }
    }

    [GeneratedRegex(@"^\s*#!")]
    private static partial Regex Magic();

    [GeneratedRegex(@"^\s*#[ri]\s+""nuget:")]
    private static partial Regex NuGet();

    [GeneratedRegex(@"^\s+#r\b")]
    private static partial Regex IndentedReference();

    [GeneratedRegex(@"^#r\s+""([A-Za-z]:|/|[^""]*\\)")]
    private static partial Regex AbsoluteReference();

    [GeneratedRegex(@"^\s*#load\b")]
    private static partial Regex Load();
}
