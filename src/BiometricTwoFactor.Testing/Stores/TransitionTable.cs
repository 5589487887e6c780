using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>The closed table of a challenge's life, written out (R-12, protocol 6.6).</summary>
internal static class TransitionTable
{
    private static readonly Dictionary<ChallengeState, string> Table = new()
    {
        [ChallengeState.Pending] = "Pending InReview Approved Declined NotFinished Expired Abandoned Superseded Violated",
        [ChallengeState.InReview] = "InReview Approved Declined NotFinished Expired Abandoned Superseded Violated Unclaimed",
        [ChallengeState.Approved] = "Approved Consumed Expired Abandoned Superseded Violated Unclaimed Revoked",
        [ChallengeState.Consumed] = "",
        [ChallengeState.Declined] = "",
        [ChallengeState.NotFinished] = "",
        [ChallengeState.Expired] = "",
        [ChallengeState.Abandoned] = "",
        [ChallengeState.Superseded] = "",
        [ChallengeState.Violated] = "",
        [ChallengeState.Unclaimed] = "",
        [ChallengeState.Revoked] = "",
    };

    public static IEnumerable<(ChallengeState From, ChallengeState To)> AllPairs =>
        from one in Enum.GetValues<ChallengeState>()
        from other in Enum.GetValues<ChallengeState>()
        select (one, other);

    public static bool Allows(ChallengeState from, ChallengeState to) => Table[from].Split(' ').Contains(to.ToString(), StringComparer.Ordinal);
}
