using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BiometricTwoFactor.Mutation;

/// <summary>Finds every single condition of a file and says what it can be changed to.</summary>
internal static class MutantFinder
{
    public static IReadOnlyList<Mutant> Find(Target target, SyntaxTree tree, SemanticModel model)
    {
        var root = tree.GetRoot();
        List<Mutant> mutants = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var node in root.DescendantNodes())
        {
            if (MemberOf(node) is not { } member || (target.Members.Length > 0 && !target.Members.Contains(member, StringComparer.Ordinal)))
            {
                continue;
            }

            foreach (var (before, after) in ChangesOf(node, model).Concat(target.IsSql ? SqlConditions.ChangesOf(node) : []))
            {
                var changed = root.ReplaceNode(before, after.WithTriviaFrom(before));
                if (seen.Add(changed.ToFullString()))
                {
                    var (from, to) = (Short(before), Short(after));
                    var number = 1 + mutants.Count(other => other.Member == member && other.Before == from && other.After == to);
                    var line = tree.GetLineSpan(before.Span).StartLinePosition.Line + 1;
                    mutants.Add(new Mutant(target, member, line, from, to, number, tree.WithRootAndOptions(changed, tree.Options)));
                }
            }
        }

        return mutants;
    }

    private static IEnumerable<(SyntaxNode Before, SyntaxNode After)> ChangesOf(SyntaxNode node, SemanticModel model)
    {
        switch (node)
        {
            case IfStatementSyntax statement:
                yield return (statement.Condition, False);
                yield return (statement.Condition, True);
                break;
            case ConditionalExpressionSyntax choice:
                yield return (choice, Parenthesized(choice.WhenTrue));
                yield return (choice, Parenthesized(choice.WhenFalse));
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and:
                yield return (and.Left, True);
                yield return (and.Right, True);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or:
                yield return (or.Left, False);
                yield return (or.Right, False);
                break;
            case BinaryExpressionSyntax comparison when Other(comparison.Kind()) is { } kind:
                yield return (comparison, SyntaxFactory.BinaryExpression(kind.Kind, comparison.Left, SyntaxFactory.Token(kind.Token).WithTriviaFrom(comparison.OperatorToken), comparison.Right));
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                yield return (not, Parenthesized(not.Operand));
                break;
            case BinaryPatternSyntax pattern:
                yield return (pattern, pattern.Left);
                yield return (pattern, pattern.Right);
                break;
            case UnaryPatternSyntax not when !not.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Any():
                yield return (not, SyntaxFactory.ParenthesizedPattern(not.Pattern));
                break;
            case WhenClauseSyntax guard:
                yield return (guard.Condition, True);
                yield return (guard.Condition, False);
                break;
            case RelationalPatternSyntax relation when OtherRelation(relation.OperatorToken.Kind()) is { } token:
                yield return (relation, relation.WithOperatorToken(SyntaxFactory.Token(token).WithTriviaFrom(relation.OperatorToken)));
                break;
            case SwitchExpressionSyntax choices:
                foreach (var arm in choices.Arms.Where(arm => arm.Pattern is not DiscardPatternSyntax))
                {
                    yield return (choices, choices.WithArms(choices.Arms.Remove(arm)));
                }

                break;
            case LambdaExpressionSyntax { ExpressionBody: { } body } when IsBoolean(body, model):
                yield return (body, True);
                yield return (body, False);
                break;
            case ReturnStatementSyntax { Expression: { } returned } when IsBoolean(returned, model):
                yield return (returned, True);
                yield return (returned, False);
                break;
            case ArrowExpressionClauseSyntax { Expression: var expression } when IsBoolean(expression, model):
                yield return (expression, True);
                yield return (expression, False);
                break;
            case EqualsValueClauseSyntax { Value: var value } when IsBoolean(value, model):
                yield return (value, True);
                yield return (value, False);
                break;
        }
    }

    private static LiteralExpressionSyntax True => SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression);

    private static LiteralExpressionSyntax False => SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression);

    private static ExpressionSyntax Parenthesized(ExpressionSyntax expression) => SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia());

    private static (SyntaxKind Kind, SyntaxKind Token)? Other(SyntaxKind kind) => kind switch
    {
        SyntaxKind.EqualsExpression => (SyntaxKind.NotEqualsExpression, SyntaxKind.ExclamationEqualsToken),
        SyntaxKind.NotEqualsExpression => (SyntaxKind.EqualsExpression, SyntaxKind.EqualsEqualsToken),
        SyntaxKind.LessThanExpression => (SyntaxKind.LessThanOrEqualExpression, SyntaxKind.LessThanEqualsToken),
        SyntaxKind.LessThanOrEqualExpression => (SyntaxKind.LessThanExpression, SyntaxKind.LessThanToken),
        SyntaxKind.GreaterThanExpression => (SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.GreaterThanEqualsToken),
        SyntaxKind.GreaterThanOrEqualExpression => (SyntaxKind.GreaterThanExpression, SyntaxKind.GreaterThanToken),
        _ => null,
    };

    private static SyntaxKind? OtherRelation(SyntaxKind token) => token switch
    {
        SyntaxKind.LessThanToken => SyntaxKind.LessThanEqualsToken,
        SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanToken,
        SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanEqualsToken,
        SyntaxKind.GreaterThanEqualsToken => SyntaxKind.GreaterThanToken,
        _ => null,
    };

    private static bool IsBoolean(ExpressionSyntax expression, SemanticModel model) =>
        expression is not LiteralExpressionSyntax && model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_Boolean;

    private static string? MemberOf(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not BaseTypeDeclarationSyntax and not BaseNamespaceDeclarationSyntax) switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        _ => null,
    };

    private static string Short(SyntaxNode node)
    {
        var text = string.Join(' ', node.WithoutTrivia().ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 200 ? text : text[..200] + "...";
    }
}
