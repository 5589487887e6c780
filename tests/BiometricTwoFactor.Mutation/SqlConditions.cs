using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BiometricTwoFactor.Mutation;

/// <summary>
/// The conditions of SQL that stands in strings: each operand of AND is taken for true, each operand of OR for false, and each
/// limit is moved by one. The database runs them, so that the compiler sees nothing of it.
/// </summary>
internal static partial class SqlConditions
{
    public static IEnumerable<(SyntaxNode Before, SyntaxNode After)> ChangesOf(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal =>
            Changed(literal.Token.ValueText).Select(text => ((SyntaxNode)literal, (SyntaxNode)SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text)))),
        InterpolatedStringTextSyntax piece =>
            Changed(piece.TextToken.ValueText).Select(text => ((SyntaxNode)piece, (SyntaxNode)SyntaxFactory.InterpolatedStringText(
                SyntaxFactory.Token(default, SyntaxKind.InterpolatedStringTextToken, text, text, default)))),
        // A whole condition that has a name.
        InterpolationSyntax { Expression: IdentifierNameSyntax } named when IsOperand(named) =>
            [(named, SyntaxFactory.InterpolatedStringText(SyntaxFactory.Token(default, SyntaxKind.InterpolatedStringTextToken, "TRUE", "TRUE", default)))],
        _ => [],
    };

    private static IEnumerable<string> Changed(string sql)
    {
        foreach (Match operand in Operand().Matches(sql))
        {
            var condition = operand.Groups["condition"];
            if (condition.Value is not ("TRUE" or "FALSE"))
            {
                yield return With(sql, condition, IsOfOr(sql, operand) ? "FALSE" : "TRUE");
            }
        }

        foreach (Match limit in Limit().Matches(sql))
        {
            yield return With(sql, limit, limit.Value.Length == 1 ? limit.Value + "=" : limit.Value[..1]);
        }
    }

    private static string With(string sql, Capture part, string text) => string.Concat(sql.AsSpan(0, part.Index), text, sql.AsSpan(part.Index + part.Length));

    private static bool IsOfOr(string sql, Match operand) =>
        operand.Groups["before"].Value == " OR " || sql.AsSpan(operand.Index + operand.Length).StartsWith(" OR ", StringComparison.Ordinal);

    private static bool IsOperand(InterpolationSyntax named)
    {
        var pieces = ((InterpolatedStringExpressionSyntax)named.Parent!).Contents;
        var index = pieces.IndexOf(named);
        return index > 0 && pieces[index - 1] is InterpolatedStringTextSyntax before
            && (before.TextToken.ValueText.EndsWith(" AND ", StringComparison.Ordinal) || before.TextToken.ValueText.EndsWith("WHERE ", StringComparison.Ordinal));
    }

    /// <summary>One comparison between two words such as AND, without a bracket of its own.</summary>
    [GeneratedRegex(@"(?<before>WHERE |^AND | AND | OR |^|\()(?<condition>(?:\(\(@from >> state\) & 1\) = 1|NOT \w+|[@\w.]+ IS (?:NOT )?NULL|[@\w.]+ IS NOT DISTINCT FROM [@\w.]+|[@\w.]+ (?:=|<=?|>=?|<>) [@\w.]+(?: - 1)?))(?= AND | OR |\)| ?$| ORDER)", RegexOptions.ExplicitCapture)]
    private static partial Regex Operand();

    [GeneratedRegex("(?<= )[<>]=?(?= )")]
    private static partial Regex Limit();
}
