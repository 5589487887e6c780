using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Gives a challenge to its subject signed in again in the browser that started it (protocol 1.5), where the sign-in itself
/// could not: the way back from an identity provider is a cross-site request, to which a browser adds no Strict cookie. On
/// the first request of our own pages it is there.
/// </summary>
internal sealed class BindingTakeOver(StartCookie startCookie, ChallengeWriter writer)
{
    /// <summary>The challenge, with the caller's binding where it is the caller's to take over, and as it was otherwise.</summary>
    public async Task<StepUpChallenge> TryAsync(HttpContext context, StepUpChallenge challenge, StepUpBinding caller)
    {
        var former = challenge.Binding;
        if (!IsToBeHad(challenge) || former == caller || caller with { SessionHash = former.SessionHash } != former || !startCookie.Names(context, challenge))
        {
            return challenge;
        }

        return await writer.ChangeAsync(
            challenge,
            current => IsToBeHad(current) && current.Binding == former ? current with { Binding = caller } : null,
            context.RequestAborted).ConfigureAwait(false) ?? challenge;
    }

    /// <summary>Once confirmed after a review it belongs to the sign-in that confirmed it (protocol 6.7), wherever it was started.</summary>
    public static bool IsToBeHad(StepUpChallenge challenge) => challenge is { IsOpen: true, ConfirmedAt: null };
}
