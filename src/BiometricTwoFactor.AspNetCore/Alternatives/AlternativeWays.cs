using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The ways of equal strength that the application registered, as far as they are offered for a challenge.</summary>
internal sealed class AlternativeWays(IEnumerable<IStepUpAlternative> alternatives, ILogger<AlternativeWays> logger)
{
    private const int LongestName = 40;

    /// <summary>What an alternative can be used for: not for an enrolment, which is about the face itself.</summary>
    public static bool CanServe(ChallengeKind kind) =>
        kind is ChallengeKind.StepUp or ChallengeKind.SignIn or ChallengeKind.Access or ChallengeKind.Recovery;

    public async Task<IReadOnlyList<IStepUpAlternative>> OfferedAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        List<IStepUpAlternative> offered = [];
        if (!CanServe(challenge.Kind))
        {
            return offered;
        }

        foreach (var alternative in alternatives)
        {
            if (await IsOfferedAsync(alternative, challenge, cancellationToken).ConfigureAwait(false))
            {
                offered.Add(alternative);
            }
        }

        return offered;
    }

    /// <summary>The way of this name, where it is offered; null otherwise.</summary>
    public async Task<IStepUpAlternative?> FindAsync(string? name, StepUpChallenge challenge, CancellationToken cancellationToken) =>
        (await OfferedAsync(challenge, cancellationToken).ConfigureAwait(false)).FirstOrDefault(way => string.Equals(way.Name, name, StringComparison.Ordinal));

    /// <exception cref="InvalidOperationException">The application's URL leads elsewhere.</exception>
    public static string UrlOf(IStepUpAlternative alternative, HttpContext context, StepUpChallenge challenge) =>
        Local(alternative.UrlFor(context, challenge), nameof(IStepUpAlternative));

    /// <exception cref="InvalidOperationException">The application's URL leads elsewhere.</exception>
    public static string UrlOf(ISecondFactor factor, HttpContext context, StepUpChallenge challenge) =>
        Local(factor.UrlFor(context, challenge), nameof(ISecondFactor));

    private static string Local(string url, string hook) =>
        LocalUrl.IsSafe(url) ? url : throw new InvalidOperationException($"{hook}.UrlFor: give a local path, such as /second-factor/ with the challenge's id.");

    private async Task<bool> IsOfferedAsync(IStepUpAlternative alternative, StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        try
        {
            return IsName(alternative.Name) && await alternative.IsOfferedAsync(challenge, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The camera is there still.
            Log.RiskHookFailed(logger, failure, nameof(IStepUpAlternative), challenge.Id);
            return false;
        }
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
