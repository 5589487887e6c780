namespace BiometricTwoFactor.AspNetCore;

/// <summary>What an application may want to know beyond the outcome of its own requests.</summary>
public enum StepUpEventKind
{
    /// <summary>A challenge was made.</summary>
    Challenged = 0,

    /// <summary>The judge approved.</summary>
    Approved,

    /// <summary>A person must look.</summary>
    Held,

    /// <summary>The face was refused.</summary>
    Declined,

    /// <summary>An approval was used.</summary>
    Consumed,

    /// <summary>A challenge ended without approval or use.</summary>
    Ended,

    /// <summary>Alert: a callback code was presented by another browser than the one that asked (link relay).</summary>
    ClaimedElsewhere,

    /// <summary>Alert: the provider returned a session that was known already.</summary>
    SessionReturnedTwice,

    /// <summary>Alert: a verdict for other facts, another person or another world.</summary>
    Violated,

    /// <summary>Alert: the provider took an approval back; it was used already.</summary>
    ReversedAfterUse,

    /// <summary>Alert: an approval was presented for a changed transaction.</summary>
    TransactionChanged,

    /// <summary>Alert: an event id came again with another body.</summary>
    EventChanged,

    /// <summary>A subject's face is on file.</summary>
    Enrolled,

    /// <summary>
    /// Alert, and to be told to the user: captures were declined so often in a row that the device, or every device that is
    /// not recognised, is blocked until <see cref="StepUpService.UnblockAsync"/>. The challenge is the last declined one.
    /// </summary>
    BlockedForGood,

    /// <summary>
    /// Alert, and to be told to the user: a recognised device ended this pending challenge, which the same user's other
    /// sign-in had begun on a device that is not recognised.
    /// </summary>
    RecognisedDeviceFirst,

    /// <summary>Nobody has opened the camera page since <see cref="ReconcilerOptions.RemindAfter"/>: remind the user. Once for each challenge.</summary>
    Unopened,

    /// <summary>Alert: the provider took an approval back before it was used; it cannot be used any more.</summary>
    Revoked,

    /// <summary>What a verdict's risk demanded was met: a second factor, or the payer's word on the payee.</summary>
    DemandMet,

    /// <summary>A reviewer approved the capture at the provider.</summary>
    ReviewApproved,

    /// <summary>A reviewer declined the capture at the provider.</summary>
    ReviewDeclined,

    /// <summary>A reviewer sent steps back at the provider.</summary>
    ReviewSentBack,

    /// <summary>A reviewer released what our own policy held.</summary>
    HoldReleased,

    /// <summary>
    /// Alert: a delivery that one tenant's secret signed names this challenge, which is another tenant's. It changed nothing
    /// (protocol 10).
    /// </summary>
    ForeignTenant,

    /// <summary>Another device gave the digits of a challenge that was handed over; nothing is approved by that.</summary>
    HandedOver,

    /// <summary>Alert: other digits were given three times, which ended the challenge. Somebody has a link that was not meant for them.</summary>
    HandOverGuessed,

    /// <summary>Alert, and to be told to the user: on the other device it was said that the request was somebody else's.</summary>
    HandOverRefused,
}

/// <summary>Something that happened to a challenge.</summary>
/// <param name="Kind">What.</param>
/// <param name="Challenge">The challenge, as it is now.</param>
public sealed record StepUpEvent(StepUpEventKind Kind, StepUpChallenge Challenge)
{
    /// <summary>Who decided, for the kinds that are a reviewer's actions; null otherwise. Not for logs.</summary>
    public string? Reviewer { get; init; }

    /// <summary>Why the reviewer decided so, where it was said. Not for logs.</summary>
    public string? Comment { get; init; }

    /// <summary>Kind and challenge id.</summary>
    public override string ToString() => $"{Kind} {Challenge.Id}";
}

/// <summary>
/// Hears what happens: to alert an operator, tell the customer, or keep a log. Register any number with
/// <see cref="BiometricStepUpBuilder.AddObserver{T}"/>. An observer that throws is logged and changes nothing.
/// </summary>
public interface IStepUpObserver
{
    /// <summary>Called after the change is stored.</summary>
    ValueTask OnEventAsync(StepUpEvent stepUpEvent, CancellationToken cancellationToken = default);
}
