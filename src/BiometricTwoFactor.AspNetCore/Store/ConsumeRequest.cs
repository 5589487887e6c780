namespace BiometricTwoFactor.AspNetCore;

/// <summary>Everything that one conditional write compares when an approval is used (protocol 7.1).</summary>
/// <param name="Binding">Who is at the endpoint now: tenant, scheme, subject and sign-in session.</param>
/// <param name="Reason">The reason that the endpoint names.</param>
/// <param name="Digest">The digest of what the endpoint really received.</param>
/// <param name="OperationId">The caller's operation; the same one again never runs twice.</param>
/// <param name="ChallengeId">The challenge that the caller names; null to find it by the other facts.</param>
/// <param name="Now">The time of use.</param>
public sealed record ConsumeRequest(
    StepUpBinding Binding,
    string Reason,
    string Digest,
    string OperationId,
    string? ChallengeId,
    DateTimeOffset Now)
{
    /// <summary>
    /// The workflow that the endpoint demands now; null for any. A payment's digest is not bound to its URL, so that an
    /// approval by a weaker method, given for another endpoint, must not be used where a stronger one is demanded. An operation
    /// that has its approval keeps it, whatever is demanded by then.
    /// </summary>
    public string? WorkflowId { get; init; }

    /// <summary>
    /// Another workflow whose approval serves as well, since it is the stronger one: what was asked on a new device is not
    /// asked again when the device has become known. Null for none. Never the ordinary one where the stronger is demanded.
    /// </summary>
    public string? StrongerWorkflowId { get; init; }

    /// <summary>
    /// The floor that the challenge must have been made with, or a higher one (<see cref="StepUpChallenge.FaceMatchFloorPercent"/>);
    /// null for none. As with the workflow, another endpoint may have asked for less.
    /// </summary>
    public decimal? FaceMatchFloorPercent { get; init; }

    /// <summary>As <see cref="FaceMatchFloorPercent"/>, for <see cref="StepUpChallenge.LivenessFloorPercent"/>.</summary>
    public decimal? LivenessFloorPercent { get; init; }

    /// <summary>What the evidence is to say of the use; the store adds the challenge's id. Null for nothing.</summary>
    public EvidenceDraft? Evidence { get; init; }

    /// <summary>Says nothing: the binding names a person.</summary>
    public override string ToString() => nameof(ConsumeRequest);
}

/// <summary>How an attempt to use an approval ended.</summary>
public enum ConsumeOutcome
{
    /// <summary>No usable approval for exactly these facts.</summary>
    NotUsable = 0,

    /// <summary>This operation has it, and may run once.</summary>
    Consumed,

    /// <summary>This operation got it before; it must not run a second time.</summary>
    AlreadyYours,

    /// <summary>The named challenge was used by another operation.</summary>
    AlreadyUsed,
}

/// <summary>How an attempt to use an approval ended, and which challenge it was.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Challenge">The challenge, where one was found for this binding.</param>
public sealed record ConsumeResult(ConsumeOutcome Outcome, StepUpChallenge? Challenge);
