using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FashionNotebooks.Runner;

/// <summary>A value given on the command line for a variable of the notebooks.</summary>
/// <param name="Option">The option that gives it, for messages.</param>
/// <param name="Variable">The variable's name.</param>
/// <param name="Value">The value, as C# writes it.</param>
internal sealed record NotebookParameter(string Option, string Variable, string Value)
{
    /// <summary>Whether a cell declares the variable at its top level, so that it can be assigned later.</summary>
    public bool IsDeclaredIn(string source) =>
        CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithKind(SourceCodeKind.Script))
            .GetCompilationUnitRoot().Members.OfType<FieldDeclarationSyntax>()
            .Where(field => !field.Modifiers.Any(SyntaxKind.ConstKeyword))
            .Any(field => field.Declaration.Variables.Any(variable => variable.Identifier.Text == Variable));
}
