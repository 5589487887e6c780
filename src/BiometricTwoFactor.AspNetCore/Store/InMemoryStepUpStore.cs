namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The store of a single process: everything under one lock, gone with the process. For development, tests and one
/// instance that may forget. It does not survive a restart, and says so.
/// </summary>
internal sealed partial class InMemoryStepUpStore(TimeProvider timeProvider) : IStepUpStore
{
    private const int LeastForgotten = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StepUpChallenge> _challenges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string Subject), List<string>> _bySubject = [];
    private readonly Dictionary<string, TaskCompletionSource> _waiters = new(StringComparer.Ordinal);
    private int _forgetAt = LeastForgotten;
    private DateTimeOffset _forgetAgain;

    public bool SurvivesRestart => false;

    public DateTimeOffset KnowsSessionsSince { get; } = timeProvider.GetUtcNow();

    public ValueTask<StepUpChallenge?> AddOrGetAsync(
        StepUpChallenge challenge,
        int limit,
        DateTimeOffset limitSince,
        int deviceLimit = int.MaxValue,
        EvidenceDraft? evidence = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        lock (_gate)
        {
            var made = 0;
            foreach (var other in Of(challenge.Binding.Tenant, challenge.Binding.Subject))
            {
                if (other.NextDeadline > challenge.CreatedAt && other.Kind == challenge.Kind && other.Binding == challenge.Binding
                    && Same(other.Reason, challenge.Reason) && Same(other.Digest, challenge.Digest) && Same(other.WorkflowId, challenge.WorkflowId)
                    && other.FaceMatchFloorPercent == challenge.FaceMatchFloorPercent && other.LivenessFloorPercent == challenge.LivenessFloorPercent)
                {
                    return new(other);
                }

                made += other.CreatedAt >= limitSince && Same(other.AskedFrom.Group, challenge.AskedFrom.Group) ? 1 : 0;
            }

            if (made >= limit || !TryCountDevice(challenge, limitSince, deviceLimit))
            {
                return new((StepUpChallenge?)null);
            }

            Forget(timeProvider.GetUtcNow());
            _challenges.Add(challenge.Id, challenge);
            var key = (challenge.Binding.Tenant, challenge.Binding.Subject);
            if (!_bySubject.TryGetValue(key, out var ids))
            {
                _bySubject.Add(key, ids = []);
            }

            ids.Add(challenge.Id);
            Keep(evidence);
            return new(challenge);
        }
    }

    public ValueTask<StepUpChallenge?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_challenges.GetValueOrDefault(id));
        }
    }

    public ValueTask<StepUpChallenge?> FindByCodeAsync(string codeHash, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_byCode.TryGetValue(codeHash, out var id) ? _challenges.GetValueOrDefault(id) : null);
        }
    }

    public ValueTask<IReadOnlyList<StepUpChallenge>> ListOpenAsync(string tenant, string subject, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(Of(tenant, subject)
                .Where(challenge => challenge.IsOpen)
                .OrderByDescending(challenge => challenge.CreatedAt)
                .ToArray());
        }
    }

    public ValueTask<IReadOnlyList<StepUpChallenge>> ListDueAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_challenges.Values
                .Where(challenge => challenge.NextDeadline <= now)
                .OrderBy(challenge => challenge.NextDeadline)
                .Take(count)
                .ToArray());
        }
    }

    public ValueTask<IReadOnlyList<StepUpChallenge>> ListToReadAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_challenges.Values
                .Where(challenge => challenge.IsOpen && challenge.NextReadAt <= now)
                .OrderBy(challenge => challenge.NextReadAt)
                .Take(count)
                .ToArray());
        }
    }

    public ValueTask<IReadOnlyList<StepUpChallenge>> ListInReviewAsync(string tenant, int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_challenges.Values
                .Where(challenge => challenge.State == ChallengeState.InReview && Same(challenge.Binding.Tenant, tenant))
                .OrderBy(challenge => challenge.CreatedAt)
                .Take(count)
                .ToArray());
        }
    }

    public ValueTask<int> CountDeclinesInARowAsync(string tenant, string subject, string deviceGroup, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(Of(tenant, subject)
                .Where(challenge => challenge.CreatedAt >= since && challenge.CreatedAt >= CountedSince(tenant, subject) && Same(challenge.AskedFrom.Group, deviceGroup)
                    && (challenge.State == ChallengeState.Declined || IsSuccess(challenge)))
                .Reverse() // of two that were made in one tick of the clock, the one that was added last is the later one
                .OrderByDescending(challenge => challenge.CreatedAt)
                .TakeWhile(challenge => challenge.State == ChallengeState.Declined)
                .Count());
        }
    }

    public ValueTask<ReplaceResult> TryReplaceAsync(
        StepUpChallenge changed,
        DeliveryMark? delivery = null,
        EvidenceDraft? evidence = null,
        SessionDeletion? deletion = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changed);
        lock (_gate)
        {
            var result = CheckReplace(changed);
            if (result != ReplaceResult.Replaced)
            {
                return new(result);
            }

            if (delivery is not null)
            {
                switch (StandingOf(changed.Binding.Tenant, delivery))
                {
                    case DeliveryStanding.Applied:
                        return new(ReplaceResult.DuplicateDelivery);
                    case DeliveryStanding.EventChanged:
                        return new(ReplaceResult.EventChanged);
                }

                Remember(changed.Binding.Tenant, delivery);
            }

            Put(changed);
            Keep(evidence);
            Queue(deletion);
            if (changed.State != ChallengeState.Pending)
            {
                Release(changed.Binding.Tenant, changed.VendorData, changed.Id);
            }

            return new(ReplaceResult.Replaced);
        }
    }

    public async ValueTask WaitForChangeAsync(string id, long version, CancellationToken cancellationToken = default)
    {
        Task waiting;
        lock (_gate)
        {
            if (!_challenges.TryGetValue(id, out var challenge) || challenge.Version != version)
            {
                return;
            }

            if (!_waiters.TryGetValue(id, out var waiter))
            {
                waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiters.Add(id, waiter);
            }

            waiting = waiter.Task;
        }

        await waiting.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private ReplaceResult CheckReplace(StepUpChallenge changed)
    {
        if (!_challenges.TryGetValue(changed.Id, out var current))
        {
            return ReplaceResult.Missing;
        }

        if (current.Version + 1 != changed.Version)
        {
            return ReplaceResult.Conflict;
        }

        // An approval is used by TryConsumeAsync alone.
        return changed.State != ChallengeState.Consumed && ChallengeTransitions.IsAllowed(current.State, changed.State)
            ? ReplaceResult.Replaced
            : ReplaceResult.NotAllowed;
    }

    private void Put(StepUpChallenge changed)
    {
        if (_challenges.TryGetValue(changed.Id, out var former) && former.CodeHash is { } old && !Same(old, changed.CodeHash))
        {
            _byCode.Remove(old);
        }

        if (changed.CodeHash is { } code)
        {
            _byCode[code] = changed.Id;
        }

        _challenges[changed.Id] = changed;
        if (_waiters.Remove(changed.Id, out var waiter))
        {
            waiter.SetResult();
        }
    }

    /// <summary>The challenges of one person, oldest first. A challenge changes hands between sign-ins, never between people.</summary>
    private IEnumerable<StepUpChallenge> Of(string tenant, string subject) =>
        _bySubject.TryGetValue((tenant, subject), out var ids) ? ids.Select(id => _challenges[id]) : [];

    public ValueTask<int> ForgetEndedAsync(DateTimeOffset before, int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(RemoveAll(_challenges.Values.Where(challenge => !challenge.IsOpen && challenge.Deadline < before).Take(count)));
        }
    }

    /// <summary>Ended challenges are forgotten a day after their deadline. Session marks stay.</summary>
    private void Forget(DateTimeOffset now)
    {
        if (_challenges.Count < LeastForgotten || (_challenges.Count < _forgetAt && now < _forgetAgain))
        {
            return;
        }

        RemoveAll(_challenges.Values.Where(challenge => !challenge.IsOpen && challenge.Deadline < now.AddDays(-1)));

        // The next look only after as many again, or an hour: its cost is shared by all that came in between.
        _forgetAt = _challenges.Count * 2;
        _forgetAgain = now.AddHours(1);
    }

    private int RemoveAll(IEnumerable<StepUpChallenge> challenges)
    {
        var old = challenges.ToArray();
        foreach (var challenge in old)
        {
            _challenges.Remove(challenge.Id);
            var key = (challenge.Binding.Tenant, challenge.Binding.Subject);
            if (_bySubject.TryGetValue(key, out var ids) && ids.Remove(challenge.Id) && ids.Count == 0)
            {
                _bySubject.Remove(key);
            }

            if (challenge.CodeHash is { } code)
            {
                _byCode.Remove(code);
            }
        }

        return old.Length;
    }

    /// <summary>The right face, shown to the browser that asked; not used in time is a success too.</summary>
    private static bool IsSuccess(StepUpChallenge challenge) =>
        challenge.ApprovedAt is not null
        && (challenge.ClaimedAt is not null || !challenge.ClaimRequired)
        && challenge.State is ChallengeState.Approved or ChallengeState.Consumed or ChallengeState.Expired or ChallengeState.Abandoned or ChallengeState.Superseded;

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);
}
