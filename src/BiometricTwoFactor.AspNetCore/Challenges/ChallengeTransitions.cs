namespace BiometricTwoFactor.AspNetCore;

/// <summary>The one table of possible transitions (protocol 6.6). What is not listed cannot happen, whoever asks; a store of another kind asks it too.</summary>
public static class ChallengeTransitions
{
    private static readonly Dictionary<ChallengeState, ChallengeState[]> Table = new()
    {
        [ChallengeState.Pending] =
        [
            ChallengeState.Approved, ChallengeState.InReview, ChallengeState.Declined, ChallengeState.NotFinished,
            ChallengeState.Expired, ChallengeState.Abandoned, ChallengeState.Superseded, ChallengeState.Violated,
        ],
        [ChallengeState.InReview] =
        [
            ChallengeState.Approved, ChallengeState.Declined, ChallengeState.NotFinished, ChallengeState.Expired,
            ChallengeState.Abandoned, ChallengeState.Superseded, ChallengeState.Violated, ChallengeState.Unclaimed,
        ],
        [ChallengeState.Approved] =
        [
            ChallengeState.Consumed, ChallengeState.Revoked, ChallengeState.Expired, ChallengeState.Unclaimed,
            ChallengeState.Abandoned, ChallengeState.Superseded, ChallengeState.Violated,
        ],
    };

    /// <summary>True when a challenge may go from one state to the other; staying where it is, is no transition and allowed while open.</summary>
    public static bool IsAllowed(ChallengeState from, ChallengeState to) =>
        Table.TryGetValue(from, out var targets) && (from == to || Array.IndexOf(targets, to) >= 0);
}
