using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// A challenge's state for pages and apps, with a long poll: <c>?wait=25&amp;version=3</c> answers when the challenge has
/// another version, or after the seconds. Released by the verdict, not by the next poll.
/// </summary>
internal sealed class StateEndpoint(ChallengeAccess access, IStepUpStore store, NextStep nextStep, HandOvers handOvers, BiometricRoutes routes, TimeProvider timeProvider)
{
    private const int LongestWaitSeconds = 30;

    public async Task HandleAsync(HttpContext context)
    {
        var (challenge, _) = await access.FindAsync(context).ConfigureAwait(false);
        if (challenge is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var version = Number(context, "version", long.MaxValue) ?? challenge.Version;
        // Whoever can go on is told so at once: there is nothing to wait for.
        if (Number(context, "wait", LongestWaitSeconds) is > 0 and var seconds && challenge.Version == version && challenge.IsOpen && nextStep.Of(context, challenge) is null)
        {
            challenge = await WaitAsync(context, challenge, TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
        }

        await Json.WriteAsync(context, StatusCodes.Status200OK, new StateJson(
            challenge.Id,
            OutwardState.Of(challenge, timeProvider.GetUtcNow()),
            challenge.Reason,
            challenge.NextDeadline ?? challenge.Deadline,
            challenge.Version,
            nextStep.Of(context, challenge),
            HandOverOf(context, challenge))).ConfigureAwait(false);
    }

    /// <summary>How far it has come, and where its link is to be had; never the link itself.</summary>
    private HandOverStateJson? HandOverOf(HttpContext context, StepUpChallenge challenge) =>
        (HandOverStep.Of(challenge) ?? (handOvers.CanBeChosen(challenge) ? HandOverStep.Possible : null)) is { } step
            ? new(step, challenge.HandOver?.WrongDigits ?? 0, routes.Local(context, $"/handover/{challenge.Id}"))
            : null;

    private async Task<StepUpChallenge> WaitAsync(HttpContext context, StepUpChallenge challenge, TimeSpan wait)
    {
        using var patience = new CancellationTokenSource(wait, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        try
        {
            await store.WaitForChangeAsync(challenge.Id, challenge.Version, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return challenge;
        }

        return await store.FindAsync(challenge.Id, context.RequestAborted).ConfigureAwait(false) ?? challenge;
    }

    private static long? Number(HttpContext context, string name, long most) =>
        context.Request.Query[name] is [{ } text]
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, most)
            : null;
}
