namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// One request for a face: who asks, for what, until when, and how far it has come. Immutable; a change is a new value
/// that replaces exactly the version it was made from (<see cref="IStepUpStore.TryReplaceAsync"/>).
/// </summary>
public sealed record StepUpChallenge
{
    /// <summary>160 random bits, base64url; never the provider's session id. Sent as the nonce in the metadata.</summary>
    public required string Id { get; init; }

    /// <summary>Step-up or enrolment.</summary>
    public ChallengeKind Kind { get; init; }

    /// <summary>Who asks.</summary>
    public required StepUpBinding Binding { get; init; }

    /// <summary>The subject's reference at the provider (<c>vendor_data</c>), compared byte for byte.</summary>
    public required string VendorData { get; init; }

    /// <summary>Why, in the wire's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Amount and payee of a payment; null for an action.</summary>
    public Transaction? Transaction { get; init; }

    /// <summary>Title, method, route and query of the action; what the digest covers where there is no transaction.</summary>
    public required string Action { get; init; }

    /// <summary>What the confirm page calls the action, as given on the endpoint; null for the reason's own words.</summary>
    public string? Title { get; init; }

    /// <summary>Lower-hex SHA-256 of what was asked: reason with transaction, or reason with action (protocol 7.1).</summary>
    public required string Digest { get; init; }

    /// <summary>The workflow that was asked for.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>The world in which the verdict must have been given.</summary>
    public ProviderEnvironment Environment { get; init; } = ProviderEnvironment.Live;

    /// <summary>The liveness method that was demanded; <see cref="LivenessMethod.Unknown"/> for none in particular.</summary>
    public LivenessMethod DemandedMethod { get; init; }

    /// <summary>True when the verdict must contain an approved IP analysis.</summary>
    public bool DemandsIpAnalysis { get; init; }

    /// <summary>The least similarity of the face that was demanded beyond the general floor, 0 to 100; null for none.</summary>
    public decimal? FaceMatchFloorPercent { get; init; }

    /// <summary>The least liveness score that was demanded beyond the general floor, 0 to 100; null for none.</summary>
    public decimal? LivenessFloorPercent { get; init; }

    /// <summary>False only for reasons whose claim was turned off by option (protocol 5.5).</summary>
    public bool ClaimRequired { get; init; } = true;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when capture, first verdict and claim must have happened.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Where the user comes back to.</summary>
    public required OriginalRequest Original { get; init; }

    /// <summary>
    /// SHA-256 of the one-time code that it waits for: of the present session's callback, or, before there is one, of the link
    /// with which it is handed over (with a prefix of its own, so that neither is taken for the other). Null for none.
    /// </summary>
    public string? CodeHash { get; init; }

    /// <summary>The provider's session; null before start.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>The hosted page's address under Data Protection: it carries the session's token. Null before start.</summary>
    public byte[]? SealedSessionUrl { get; init; }

    /// <summary>The device and network that asked.</summary>
    public AskingDevice AskedFrom { get; init; } = AskingDevice.Unknown;

    /// <summary>What a sign-in, a recovery or an access is to be completed with, under Data Protection; null for other kinds.</summary>
    public byte[]? SealedSignIn { get; init; }

    /// <summary>True when the person asked to be remembered on this device (ASP.NET Core Identity's own mark).</summary>
    public bool RememberClient { get; init; }

    /// <summary>That it is finished on another device (protocol 4.2); null where it is finished on the one that asked.</summary>
    public HandOver? HandOver { get; init; }

    /// <summary>The device that pressed start: of a challenge that was handed over, the one that gave the digits.</summary>
    public DeviceTraits StartedOn { get; init; } = DeviceTraits.Unknown;

    /// <summary>Where it stands.</summary>
    public ChallengeState State { get; init; }

    /// <summary>When the asking browser claimed it; null before.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When the judge approved it; null before.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Until when an approval can be used; null before there is one that can.</summary>
    public DateTimeOffset? ExecuteBy { get; init; }

    /// <summary>Until when a review may last; null when there was none.</summary>
    public DateTimeOffset? ReviewDeadline { get; init; }

    /// <summary>True when it was in review before it was approved: the subject must confirm it once more (protocol 6.7).</summary>
    public bool CameOutOfReview { get; init; }

    /// <summary>When the subject confirmed an approval that came out of review.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>What the verdict's risk demands beyond the face before the approval can be used.</summary>
    public ExtraDemand Demand { get; init; }

    /// <summary>When that demand was met.</summary>
    public DateTimeOffset? DemandMetAt { get; init; }

    /// <summary>When a reviewer of the application released what our own policy holds; null when nobody did.</summary>
    public DateTimeOffset? HoldReleasedAt { get; init; }

    /// <summary>
    /// The factors evidenced beside the face, in the words of <c>amr</c> (RFC 8176): <c>pwd</c> before a sign-in, <c>hwk</c>
    /// after a security key. Only what the application stated about this very attempt.
    /// </summary>
    public IReadOnlyList<string> Factors { get; init; } = [];

    /// <summary>The equal-strength alternative that took the face's place, by its registered name; null for a face.</summary>
    public string? Alternative { get; init; }

    /// <summary>True when no face can be asked (none is on file, or it was refused too often): no session is opened, and only an alternative completes it.</summary>
    public bool WithoutFace { get; init; }

    /// <summary>When a contradicting status froze the approval; null when it is not frozen (protocol 6.6).</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>The operation that used the approval.</summary>
    public string? OperationId { get; init; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? ConsumedAt { get; init; }

    /// <summary>The reason codes of the last judgement; never shown to the user (protocol 6.9).</summary>
    public IReadOnlyList<string> ReasonCodes { get; init; } = [];

    /// <summary>When the decision was last read, so that reads can be throttled.</summary>
    public DateTimeOffset? LastReadAt { get; init; }

    /// <summary>When the decision is to be read next without being asked; null for not at all.</summary>
    public DateTimeOffset? NextReadAt { get; init; }

    /// <summary>How often it was read without being asked.</summary>
    public int ReadCount { get; init; }

    /// <summary>When the subject was reminded that nobody had opened it; null when not.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public long Version { get; init; }

    /// <summary>True when it puts a face on file; every other kind compares with one that is there.</summary>
    internal bool IsEnrolment => Kind is ChallengeKind.Enrolment or ChallengeKind.FaceEnrolment;

    /// <summary>False for what nobody waits a day for: after a review it needs a new face, not a confirmation (protocol 6.7).</summary>
    internal bool AwaitsReview => Kind is not (ChallengeKind.SignIn or ChallengeKind.Recovery or ChallengeKind.Access);

    /// <summary>True while a verdict, a claim or a use can still come.</summary>
    public bool IsOpen => State is ChallengeState.Pending or ChallengeState.InReview or ChallengeState.Approved;

    /// <summary>True when the marks allow a use at this time; the digest, binding and reason are for the store to compare.</summary>
    public bool IsUsableAt(DateTimeOffset now) =>
        State == ChallengeState.Approved
        && FrozenAt is null
        && (ClaimedAt is not null || !ClaimRequired)
        && (ConfirmedAt is not null || !CameOutOfReview)
        && (DemandMetAt is not null || Demand == ExtraDemand.None)
        && ExecuteBy is { } end && now < end;

    /// <summary>When something must happen by itself; null for an end.</summary>
    public DateTimeOffset? NextDeadline => State switch
    {
        ChallengeState.Pending => Deadline,
        ChallengeState.InReview => ClaimedAt is null && ClaimRequired ? Deadline : ReviewDeadline ?? Deadline,
        ChallengeState.Approved when ClaimedAt is null && ClaimRequired => Deadline,
        ChallengeState.Approved when CameOutOfReview && ConfirmedAt is null => ReviewDeadline ?? Deadline,
        ChallengeState.Approved => ExecuteBy ?? Deadline,
        _ => null,
    };

    /// <summary>Id and state: everything else may name people.</summary>
    public override string ToString() => $"{Id} {State}";
}
