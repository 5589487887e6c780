namespace BiometricTwoFactor.AspNetCore;

/// <summary>The provider's sessions: leases, the marks of every session ever seen, starts in flight, deletions.</summary>
internal sealed partial class InMemoryStepUpStore
{
    private const int MaxParked = 1_000;

    /// <summary>Deliveries are repeated within minutes; this many are far more than that.</summary>
    private const int MaxRemembered = 100_000;

    private readonly Dictionary<(string Tenant, SessionId Session), DateTimeOffset> _parked = [];
    private readonly RecentKeys<string> _deliveries = new(MaxRemembered);
    private readonly RecentKeys<string> _events = new(MaxRemembered);
    private readonly Dictionary<(string Tenant, string VendorData), SessionLease> _leases = [];
    private readonly Dictionary<(string Tenant, string ChallengeId), DateTimeOffset> _starts = [];
    private readonly Dictionary<(string Tenant, SessionId Session), string?> _sessions = [];
    private readonly Dictionary<(string Tenant, SessionId Session), SessionDeletion> _deletions = [];
    private readonly Dictionary<(string Tenant, string VendorData), EnrolmentRecord> _enrolments = [];

    public ValueTask<StepUpChallenge?> FindBySessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(OfSession(tenant, sessionId));
        }
    }

    public ValueTask ParkAsync(string tenant, SessionId sessionId, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_parked.Count < MaxParked)
            {
                _parked[(tenant, sessionId)] = until;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TakeParkedAsync(string tenant, SessionId sessionId, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            foreach (var old in _parked.Where(mark => mark.Value < now).Select(mark => mark.Key).ToArray())
            {
                _parked.Remove(old);
            }

            return new(_parked.Remove((tenant, sessionId)));
        }
    }

    public ValueTask<DeliveryTarget> FindForDeliveryAsync(string tenant, SessionId sessionId, DeliveryMark delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        lock (_gate)
        {
            return new(new DeliveryTarget(OfSession(tenant, sessionId), StandingOf(tenant, delivery)));
        }
    }

    public ValueTask<string> RecordEventAsync(string tenant, string eventId, string bodyHash, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_events.GetOrAdd(EventKey(tenant, eventId), bodyHash));
        }
    }

    public ValueTask<string> LeaseAsync(SessionLease lease, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            var key = (lease.Tenant, lease.VendorData);
            if (_leases.TryGetValue(key, out var held) && !Same(held.ChallengeId, lease.ChallengeId) && held.Until > now)
            {
                return new(held.ChallengeId);
            }

            _leases[key] = lease;
            return new(lease.ChallengeId);
        }
    }

    public ValueTask ReleaseLeaseAsync(string tenant, string vendorData, string challengeId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Release(tenant, vendorData, challengeId);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TryBeginStartAsync(string tenant, string challengeId, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_starts.TryGetValue((tenant, challengeId), out var running) && running > now)
            {
                return new(false);
            }

            _starts[(tenant, challengeId)] = until;
            return new(true);
        }
    }

    public ValueTask EndStartAsync(string tenant, string challengeId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _starts.Remove((tenant, challengeId));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsStartInFlightAsync(string tenant, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_starts.Any(start => Same(start.Key.Tenant, tenant) && start.Value > now));
        }
    }

    public ValueTask<bool> IsKnownSessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_sessions.ContainsKey((tenant, sessionId)));
        }
    }

    public ValueTask<AttachResult> TryAttachSessionAsync(StepUpChallenge changed, EvidenceDraft? evidence = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var session = changed.SessionId ?? throw new ArgumentException("The challenge has no session.", nameof(changed));
        lock (_gate)
        {
            if (CheckReplace(changed) != ReplaceResult.Replaced)
            {
                return new(AttachResult.Conflict);
            }

            if (!_sessions.TryAdd((changed.Binding.Tenant, session), changed.Id))
            {
                return new(AttachResult.SessionKnown);
            }

            Put(changed);
            Keep(evidence);
            return new(AttachResult.Attached);
        }
    }

    public ValueTask<StepUpChallenge?> TaintSessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var owner = _sessions.GetValueOrDefault((tenant, sessionId));
            _sessions[(tenant, sessionId)] = null;
            return new(owner is null ? null : _challenges.GetValueOrDefault(owner));
        }
    }

    public ValueTask<EnrolmentRecord?> FindEnrolmentAsync(string tenant, string vendorData, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_enrolments.GetValueOrDefault((tenant, vendorData)));
        }
    }

    public ValueTask SetEnrolmentAsync(string tenant, string vendorData, EnrolmentRecord? enrolment, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (enrolment is null)
            {
                _enrolments.Remove((tenant, vendorData));
            }
            else
            {
                _enrolments[(tenant, vendorData)] = enrolment;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask QueueDeletionAsync(SessionDeletion deletion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        lock (_gate)
        {
            Queue(deletion);
        }

        return ValueTask.CompletedTask;
    }

    private void Queue(SessionDeletion? deletion)
    {
        if (deletion is not null)
        {
            // Doubt, once raised, stays until the provider has confirmed the deletion.
            var key = (deletion.Tenant, deletion.SessionId);
            _deletions[key] = _deletions.TryGetValue(key, out var queued)
                ? queued with { FaceInDoubt = queued.FaceInDoubt || deletion.FaceInDoubt }
                : deletion;
        }
    }

    public ValueTask<IReadOnlyList<SessionDeletion>> ListDeletionsAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_deletions.Values.Where(deletion => deletion.DueAt <= now).OrderBy(deletion => deletion.DueAt).Take(count).ToArray());
        }
    }

    public ValueTask PostponeDeletionAsync(SessionDeletion deletion, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        lock (_gate)
        {
            if (_deletions.TryGetValue((deletion.Tenant, deletion.SessionId), out var queued))
            {
                _deletions[(deletion.Tenant, deletion.SessionId)] = queued with { DueAt = dueAt, Attempts = queued.Attempts + 1 };
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteDeletionAsync(SessionDeletion deletion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        lock (_gate)
        {
            _deletions.Remove((deletion.Tenant, deletion.SessionId));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsStoredFaceInDoubtAsync(string tenant, string vendorData, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_deletions.Values.Any(deletion => deletion.FaceInDoubt && Same(deletion.Tenant, tenant) && Same(deletion.VendorData, vendorData)));
        }
    }

    private StepUpChallenge? OfSession(string tenant, SessionId sessionId) =>
        _sessions.GetValueOrDefault((tenant, sessionId)) is { } id ? _challenges.GetValueOrDefault(id) : null;

    private static string EventKey(string tenant, string eventId) => $"{tenant}\n{eventId}";

    private DeliveryStanding StandingOf(string tenant, DeliveryMark delivery) =>
        _deliveries.TryGet(delivery.Id, out _) ? DeliveryStanding.Applied
        : delivery.EventId is { } eventId && _events.TryGet(EventKey(tenant, eventId), out var first) && !Same(first, delivery.BodyHash) ? DeliveryStanding.EventChanged
        : DeliveryStanding.New;

    private void Remember(string tenant, DeliveryMark delivery)
    {
        _deliveries.TryAdd(delivery.Id, "");
        if (delivery.EventId is { } eventId)
        {
            _events.TryAdd(EventKey(tenant, eventId), delivery.BodyHash);
        }
    }

    private void Release(string tenant, string vendorData, string challengeId)
    {
        if (_leases.TryGetValue((tenant, vendorData), out var held) && Same(held.ChallengeId, challengeId))
        {
            _leases.Remove((tenant, vendorData));
        }
    }
}
