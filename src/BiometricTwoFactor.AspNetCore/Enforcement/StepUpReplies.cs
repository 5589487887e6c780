using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What a caller is to be told that lacks a face: the challenge, or why there is none. It says nothing itself, so that every
/// host (an endpoint, a hub, a circuit, a gRPC call) can say it in its own way.
/// </summary>
internal sealed class StepUpReplies(FacelessChallenges challenges)
{
    /// <summary>Makes the challenge that a request lacks, or finds the one it has.</summary>
    /// <param name="pending">What the request lacks.</param>
    /// <param name="original">Where to come back to; null for the application's start page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<StepUpReply> OfAsync(PendingStepUp pending, OriginalRequest? original, CancellationToken cancellationToken)
    {
        if (ProblemOf(pending.Cause) is { } problem)
        {
            return new StepUpReply(problem);
        }

        var order = OrderOf(pending, original);
        return order is null ? new StepUpReply(Problem.NotSignedIn) : Of(await challenges.MakeAsync(order, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What is to be made for it; null where there is nobody to ask.</summary>
    public static ChallengeOrder? OrderOf(PendingStepUp pending, OriginalRequest? original) => pending is { Cause: PendingCause.Face, Asker: { } asker }
        ? new ChallengeOrder(asker.Binding, asker.Kind, pending.Question, asker.Demand)
        {
            Device = asker.Device,
            Original = original,
            SealedSignIn = asker.SealedSignIn,
            Factors = asker.Factors,
        }
        : null;

    /// <summary>What an outcome comes to.</summary>
    public static StepUpReply Of(StepUpChallengeOutcome outcome) => outcome.Succeeded(out var challenge)
        ? new StepUpReply(challenge)
        : new StepUpReply(
            outcome.Refusal switch
            {
                ChallengeRefusal.NotEnrolled => Problem.NotEnrolled,
                ChallengeRefusal.TooMany => Problem.TooMany,
                ChallengeRefusal.Blocked => Problems.OfBlock(outcome.RetryAfter),
                ChallengeRefusal.CrossSite => Problem.CrossSite,
                _ => Problem.NotSignedIn,
            },
            outcome.RetryAfter);

    /// <summary>The refusal that needs no look at the store; null for a request that lacks a face and nothing else.</summary>
    public static Problem? ProblemOf(PendingCause cause) => cause switch
    {
        PendingCause.Face => null,
        PendingCause.NoBinding => Problem.NotSignedIn,
        PendingCause.NoTenant => Problem.NotFound,
        PendingCause.CrossSite => Problem.CrossSite,
        PendingCause.AlreadyUsed => Problem.AlreadyUsed,
        PendingCause.Changed => Problem.Changed,
        PendingCause.TooLarge => Problem.TooLarge,
        PendingCause.Unreadable => Problem.BadRequest,
        // A cause that is new here is no reason to let anybody in.
        _ => Problem.Unavailable,
    };
}

/// <summary>A challenge, or the problem that stands in its place.</summary>
internal sealed record StepUpReply
{
    public StepUpReply(StepUpChallenge challenge) => Challenge = challenge;

    public StepUpReply(Problem problem, TimeSpan? retryAfter = null)
    {
        Problem = problem;
        RetryAfter = retryAfter;
    }

    public StepUpChallenge? Challenge { get; }

    public Problem Problem { get; }

    /// <summary>How long to wait, where waiting helps.</summary>
    public TimeSpan? RetryAfter { get; }

    public override string ToString() => Challenge?.State.ToString() ?? Problem.ToString();
}
