using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FashionNotebooks.Tests;

/// <summary>
/// What a C# cell may hold so that it does the same in Polyglot Notebooks and in the hosts that follow it.
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
                yield return $"the magic command '{line.Trim()}': do it in C#, or import a file of C#.";
            else if (Reference().IsMatch(line))
                yield return $"'{line.Trim()}': import lib/bin/Release/Load.cs, which has the whole path.";
            else if (NuGet().IsMatch(line))
                yield return $"'{line.Trim()}', which needs a network: reference packages in the library.";
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
                // Its overloads name an assembly that this kernel has in another version.
                InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "tensor" } } =>
                    "tensor(...): the kernel of the editors prints a warning; write from_array(...), or the number.",
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

    // A path without quotes, spaces and backslashes is read alike by all hosts.
    [GeneratedRegex(@"^\s*#!(?!(?<=^#!)import \.\.?/[^\s""\\]+\.cs$)")]
    private static partial Regex Magic();

    [GeneratedRegex(@"^\s*#[ri]\s+""nuget:")]
    private static partial Regex NuGet();

    [GeneratedRegex(@"^\s*#r\s+""(?!nuget:)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\s*#load\b")]
    private static partial Regex Load();
}
