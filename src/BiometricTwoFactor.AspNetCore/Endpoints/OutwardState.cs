namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What the user may know of a challenge's state (protocol 6.9): what to do next, and nothing about which check failed.
/// </summary>
internal static class OutwardState
{
    public const string Pending = "pending";
    public const string Held = "held";
    public const string Settling = "settling";
    public const string AwaitsClaim = "awaits-claim";
    public const string AwaitsConfirmation = "awaits-confirmation";
    public const string AwaitsSecondFactor = "awaits-second-factor";
    public const string AwaitsPayee = "awaits-payee";
    public const string Approved = "approved";
    public const string Used = "used";
    public const string Declined = "declined";
    public const string Expired = "expired";
    public const string NotEnrolled = "not-enrolled";
    public const string NotFinished = "not-finished";

    /// <summary>At a time: what is overdue is over, also before the background work has come round to it.</summary>
    public static string Of(StepUpChallenge challenge, DateTimeOffset now) =>
        challenge.NextDeadline is { } end && now >= end ? Expired : Of(challenge);

    public static string Of(StepUpChallenge challenge) => challenge.State switch
    {
        // An end whose way out is the enrolment, whatever the state that it left (protocol 8.1).
        ChallengeState.NotFinished or ChallengeState.Revoked when challenge.ReasonCodes.Any(IsAboutEnrolment) => NotEnrolled,
        ChallengeState.Pending => Pending,
        ChallengeState.InReview => Held,
        ChallengeState.Approved when challenge.FrozenAt is not null => Settling,
        ChallengeState.Approved when challenge.ClaimRequired && challenge.ClaimedAt is null => AwaitsClaim,
        ChallengeState.Approved when challenge.CameOutOfReview && challenge.ConfirmedAt is null => AwaitsConfirmation,
        ChallengeState.Approved when challenge is { Demand: ExtraDemand.SecondFactor, DemandMetAt: null } => AwaitsSecondFactor,
        ChallengeState.Approved when challenge is { Demand: ExtraDemand.BeneficiaryConfirmation, DemandMetAt: null } => AwaitsPayee,
        ChallengeState.Approved => Approved,
        ChallengeState.Consumed => Used,
        ChallengeState.Declined or ChallengeState.Violated or ChallengeState.Revoked => Declined,
        ChallengeState.Expired or ChallengeState.Unclaimed => Expired,
        _ => NotFinished,
    };

    private static bool IsAboutEnrolment(string reason) => reason is JudgementReason.NoFaceOnFile or JudgementReason.KycExpired;
}
