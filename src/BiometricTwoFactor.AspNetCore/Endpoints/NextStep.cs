using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Where a challenge's own browser goes on, by kind and state. One place for the claim, the long poll and the pages.</summary>
internal sealed class NextStep(BiometricRoutes routes, TimeProvider timeProvider)
{
    /// <summary>The local URL that completes it; null while nothing can be completed.</summary>
    public string? Of(HttpContext context, StepUpChallenge challenge)
    {
        var isUsable = challenge.IsUsableAt(timeProvider.GetUtcNow());
        return challenge.Kind switch
        {
            ChallengeKind.StepUp when isUsable => routes.Resume(context, challenge.Id),
            // An end, too: the handler tells the application of it, and leads to the confirm page, which goes nowhere by itself then.
            ChallengeKind.SignIn or ChallengeKind.Access when isUsable || !challenge.IsOpen => routes.Complete(context, challenge.Id),
            // The application's own page uses the approval.
            ChallengeKind.Recovery when isUsable => Local(challenge),
            // Enrolled on the way to a sign-in: on to the face.
            ChallengeKind.Enrolment when challenge is { State: ChallengeState.Consumed, SealedSignIn: not null } => routes.ContinueSignIn(context, challenge.Id),
            ChallengeKind.Enrolment or ChallengeKind.FaceEnrolment when challenge.State == ChallengeState.Consumed => Local(challenge),
            _ => null,
        };
    }

    private static string? Local(StepUpChallenge challenge) => LocalUrl.IsSafe(challenge.Original.LocalUrl) ? challenge.Original.LocalUrl : null;
}
