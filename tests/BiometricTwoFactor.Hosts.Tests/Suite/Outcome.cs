namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What became of one call, whatever the host.</summary>
/// <param name="Ran">The action was carried out, as far as the caller was told.</param>
/// <param name="Challenge">The challenge that the caller was told of.</param>
/// <param name="Problem">The last word of the problem's type, such as <c>not-enrolled</c>; null where there is none.</param>
public sealed record Outcome(bool Ran, string? Challenge = null, string? Problem = null)
{
    public static Outcome Done { get; } = new(Ran: true);

    public static Outcome Refused(string? problem) => new(Ran: false, Problem: problem?[(problem.LastIndexOf(':') + 1)..]);
}
