namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Where step-ups are kept. Every change is one conditional write that the store decides: two callers that try the same
/// change at the same time, on whatever machine, get one winner. Failures of the store throw
/// <see cref="StepUpStoreException"/>; nothing is ever acknowledged that was not stored.
/// </summary>
public interface IStepUpStore : IDeviceStore, IAccessStore, IEvidenceStore
{
    /// <summary>
    /// True when sessions that were once stored are still known after a restart. Where this is false, a new provider
    /// session must also prove by its creation time that it is new (protocol 3.3).
    /// </summary>
    bool SurvivesRestart { get; }

    /// <summary>From when on this store knows every session; only asked where <see cref="SurvivesRestart"/> is false.</summary>
    DateTimeOffset KnowsSessionsSince { get; }

    /// <summary>
    /// Adds a challenge, or returns the open and not overdue one of the same binding, kind, reason and digest (protocol 2.3).
    /// The same workflow and floors, too: one that asks for more is another question. The limit on new challenges counts those
    /// of the same tenant, subject and device group (<see cref="AskingDevice.Group"/>) made since <paramref name="limitSince"/>;
    /// the limit of a device those of the same tenant and <see cref="AskingDevice.BrowserHash"/> since then, whoever the
    /// subject, where there is such a hash. The evidence is written with a challenge that is added, and not with one that is returned.
    /// </summary>
    /// <returns>The challenge, or null when a limit is reached.</returns>
    ValueTask<StepUpChallenge?> AddOrGetAsync(
        StepUpChallenge challenge,
        int limit,
        DateTimeOffset limitSince,
        int deviceLimit = int.MaxValue,
        EvidenceDraft? evidence = null,
        CancellationToken cancellationToken = default);

    /// <summary>Finds a challenge by its id.</summary>
    ValueTask<StepUpChallenge?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Finds the tenant's challenge that a provider session belongs to; null for an unknown or tainted session.</summary>
    ValueTask<StepUpChallenge?> FindBySessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default);

    /// <summary>Finds a challenge by the hash of the one-time code that it waits for (<see cref="StepUpChallenge.CodeHash"/>).</summary>
    ValueTask<StepUpChallenge?> FindByCodeAsync(string codeHash, CancellationToken cancellationToken = default);

    /// <summary>The open challenges of a subject, newest first.</summary>
    ValueTask<IReadOnlyList<StepUpChallenge>> ListOpenAsync(string tenant, string subject, CancellationToken cancellationToken = default);

    /// <summary>Open challenges whose <see cref="StepUpChallenge.NextDeadline"/> is at or before the time, at most <paramref name="count"/>.</summary>
    ValueTask<IReadOnlyList<StepUpChallenge>> ListDueAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default);

    /// <summary>Open challenges whose <see cref="StepUpChallenge.NextReadAt"/> is at or before the time, the longest due first, at most <paramref name="count"/>.</summary>
    ValueTask<IReadOnlyList<StepUpChallenge>> ListToReadAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default);

    /// <summary>The tenant's challenges that are in review, oldest first, at most <paramref name="count"/>.</summary>
    ValueTask<IReadOnlyList<StepUpChallenge>> ListInReviewAsync(string tenant, int count, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces a challenge if it is still at the version that <paramref name="changed"/> was made from
    /// (<c>changed.Version</c> is that version plus one) and the transition is in the table.
    /// Where a <paramref name="delivery"/> is given, its key and its event are recorded in the same write; a key that is there
    /// already refuses it, and so does an event that is there with another body. A challenge that is then no longer
    /// <see cref="ChallengeState.Pending"/> gives its lease back in that write.
    /// The evidence, and the deletion of its session as by <see cref="QueueDeletionAsync"/>, are written in the same transaction
    /// and not without it: a process that dies after a refusal must not leave the provider a face that nobody approved.
    /// </summary>
    ValueTask<ReplaceResult> TryReplaceAsync(
        StepUpChallenge changed,
        DeliveryMark? delivery = null,
        EvidenceDraft? evidence = null,
        SessionDeletion? deletion = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// What a delivery meets, in one look: its session's challenge, and whether it was here before. One that had its effect is
    /// <see cref="DeliveryStanding.Applied"/> whatever its event says.
    /// </summary>
    ValueTask<DeliveryTarget> FindForDeliveryAsync(string tenant, SessionId sessionId, DeliveryMark delivery, CancellationToken cancellationToken = default);

    /// <summary>Records the hash of an event id's body apart from any change, and says which hash was recorded for it first.</summary>
    ValueTask<string> RecordEventAsync(string tenant, string eventId, string bodyHash, CancellationToken cancellationToken = default);

    /// <summary>
    /// Uses an approval: one conditional write that exactly one operation ever gets (protocol 7.1). The request's evidence is
    /// written with it, under the id of the challenge that was found.
    /// </summary>
    ValueTask<ConsumeResult> TryConsumeAsync(ConsumeRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// What <see cref="TryConsumeAsync"/> would answer now; nothing is changed. <see cref="ConsumeOutcome.Consumed"/> comes with the
    /// approval as it stands, which could be used. For endpoints that use it within a transaction of their own (protocol 7.3).
    /// </summary>
    ValueTask<ConsumeResult> FindUsableAsync(ConsumeRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Leases a subject's sessions to one challenge at a time (protocol 3.1).
    /// </summary>
    /// <returns>The holder: this challenge's id, or the id of the one that has it.</returns>
    ValueTask<string> LeaseAsync(SessionLease lease, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back, if this challenge holds it.</summary>
    ValueTask ReleaseLeaseAsync(string tenant, string vendorData, string challengeId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Marks the begin of a call that creates a session: one at a time for a challenge, and a delivery that comes before its
    /// answer is kept (protocol 3.1, 6.4). False when one is under way.
    /// </summary>
    ValueTask<bool> TryBeginStartAsync(string tenant, string challengeId, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Marks the end of that call.</summary>
    ValueTask EndStartAsync(string tenant, string challengeId, CancellationToken cancellationToken = default);

    /// <summary>True while any session of the tenant is being created.</summary>
    ValueTask<bool> IsStartInFlightAsync(string tenant, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Remembers that an authentic delivery came for a session that is not stored yet (protocol 6.4). It is no effect of the delivery.</summary>
    ValueTask ParkAsync(string tenant, SessionId sessionId, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>True when such a delivery came and its mark is still there; takes the mark away.</summary>
    ValueTask<bool> TakeParkedAsync(string tenant, SessionId sessionId, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>True when the session was ever stored here; the mark outlives its challenge (protocol 3.3).</summary>
    ValueTask<bool> IsKnownSessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores a session with its challenge: as <see cref="TryReplaceAsync"/>, and the session's id must be new.
    /// </summary>
    ValueTask<AttachResult> TryAttachSessionAsync(StepUpChallenge changed, EvidenceDraft? evidence = null, CancellationToken cancellationToken = default);

    /// <summary>Marks a session as one that came back for a second challenge: no verdict of it counts any more.</summary>
    /// <returns>The challenge that it belonged to, if any.</returns>
    ValueTask<StepUpChallenge?> TaintSessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default);

    /// <summary>
    /// How many challenges of the subject and device group ended as Declined in a row since the time, the last first (protocol
    /// 2.4). Those made before the subject was last unblocked do not count. A row is ended by an approval that was claimed (or
    /// needed no claim), used or not, unless it was revoked or violated: the approval of a relayed link forgives nobody.
    /// </summary>
    ValueTask<int> CountDeclinesInARowAsync(string tenant, string subject, string deviceGroup, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Waits until a challenge has another version than the given one, or the token ends the wait.</summary>
    ValueTask WaitForChangeAsync(string id, long version, CancellationToken cancellationToken = default);

    /// <summary>What is known of a subject's enrolment.</summary>
    ValueTask<EnrolmentRecord?> FindEnrolmentAsync(string tenant, string vendorData, CancellationToken cancellationToken = default);

    /// <summary>Records an enrolment, or with null that there is none any more.</summary>
    ValueTask SetEnrolmentAsync(string tenant, string vendorData, EnrolmentRecord? enrolment, CancellationToken cancellationToken = default);

    /// <summary>Queues a provider session for deletion; the same session once.</summary>
    ValueTask QueueDeletionAsync(SessionDeletion deletion, CancellationToken cancellationToken = default);

    /// <summary>Deletions that are due.</summary>
    ValueTask<IReadOnlyList<SessionDeletion>> ListDeletionsAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default);

    /// <summary>Puts a deletion off after a failed try.</summary>
    ValueTask PostponeDeletionAsync(SessionDeletion deletion, DateTimeOffset dueAt, CancellationToken cancellationToken = default);

    /// <summary>Removes a deletion that the provider confirmed.</summary>
    ValueTask CompleteDeletionAsync(SessionDeletion deletion, CancellationToken cancellationToken = default);

    /// <summary>
    /// True while a session that the provider approved and the judge did not is still to be deleted: until then the
    /// provider's stored face of that subject is not relied on (protocol 8.4).
    /// </summary>
    ValueTask<bool> IsStoredFaceInDoubtAsync(string tenant, string vendorData, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes challenges that have ended and whose deadline is before the time, at most <paramref name="count"/>, and the marks of
    /// deliveries and events from before it. Marks of sessions stay (protocol 3.3).
    /// </summary>
    /// <returns>How many challenges are gone.</returns>
    ValueTask<int> ForgetEndedAsync(DateTimeOffset before, int count, CancellationToken cancellationToken = default);
}
