using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FashionNotebooks.Runner;

/// <summary>A value given on the command line for a variable of the notebooks.</summary>
internal sealed record NotebookParameter(string Option, string Variable, string Value)
{
    public bool IsDeclaredIn(string source) =>
        CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithKind(SourceCodeKind.Script))
            .GetCompilationUnitRoot().Members.OfType<FieldDeclarationSyntax>()
            .Where(field => !field.Modifiers.Any(SyntaxKind.ConstKeyword))
            .Any(field => field.Declaration.Variables.Any(variable => variable.Identifier.Text == Variable));
}
