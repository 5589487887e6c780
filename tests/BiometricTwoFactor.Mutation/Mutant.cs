using Microsoft.CodeAnalysis;

namespace BiometricTwoFactor.Mutation;

/// <summary>One comparison changed.</summary>
/// <param name="Target">Where.</param>
/// <param name="Member">The member that it is in.</param>
/// <param name="Line">The line of the original, for people; it names nothing, since lines move.</param>
/// <param name="Before">The text that goes.</param>
/// <param name="After">The text in its place.</param>
/// <param name="Number">Which one of those that read the same in this member, from 1.</param>
/// <param name="Tree">The whole file with the change.</param>
internal sealed record Mutant(Target Target, string Member, int Line, string Before, string After, int Number, SyntaxTree Tree)
{
    /// <summary>What the list of equivalent mutants calls it.</summary>
    public string Name => $"{Path.GetFileName(Target.File)} {Member}: {Before} -> {After}{(Number == 1 ? "" : $" (number {Number})")}";
}
