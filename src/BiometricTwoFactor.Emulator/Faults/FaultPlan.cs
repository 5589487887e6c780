namespace BiometricTwoFactor.Emulator;

/// <summary>The planned faults, in the order in which they were planned.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<EmulatorFault> _faults = [];
    private readonly Dictionary<(EmulatorFaultKind Kind, string SessionId), EmulatorFault> _kept = [];
    private long _lastId;
    private long _clears;

    /// <summary>How often everything was taken back: what waits to strike looks whether it still should.</summary>
    public long Clears => Interlocked.Read(ref _clears);

    /// <summary>Nothing is planned, and nothing that was planned still has an effect.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _faults.Count == 0 && _kept.Count == 0;
            }
        }
    }

    /// <summary>Told of each fault that strikes and of the session it strikes, perhaps while the taker holds locks: it must wait for none.</summary>
    public Action<EmulatorFault, string?>? Struck { get; set; }

    public EmulatorFault Add(EmulatorFault fault)
    {
        lock (_gate)
        {
            var planned = fault with { Id = ++_lastId };
            _faults.Add(planned);
            return planned;
        }
    }

    public IReadOnlyList<EmulatorFault> All()
    {
        lock (_gate)
        {
            return [.. _faults];
        }
    }

    public bool Remove(long id)
    {
        lock (_gate)
        {
            foreach (var key in _kept.Where(entry => entry.Value.Id == id).Select(entry => entry.Key).ToArray())
            {
                _kept.Remove(key);
            }

            return _faults.RemoveAll(fault => fault.Id == id) > 0;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _kept.Clear();
        }

        Interlocked.Increment(ref _clears);
    }

    /// <summary>
    /// The fault of this kind that has struck the session before, else one that strikes now and stays with it: one use for
    /// all that the session ever shows. It ends with <see cref="Clear"/>, or when the fault is removed.
    /// </summary>
    public EmulatorFault? TakeForGood(EmulatorFaultKind kind, string sessionId)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue((kind, sessionId), out var kept))
            {
                return kept;
            }

            var taken = Take(kind, sessionId);
            // One without an end strikes again anyhow, and must be gone when it is removed.
            if (taken is { Times: not null })
            {
                _kept.Add((kind, sessionId), taken);
            }

            return taken;
        }
    }

    /// <summary>
    /// The fault that strikes now, one use of it taken: the session's own before a general one, the older first. Null, the
    /// usual case, when there is none.
    /// </summary>
    public EmulatorFault? Take(EmulatorFaultKind kind, string? sessionId) => Take(fault => fault == kind, sessionId);

    /// <summary>The same for several kinds of which one strikes.</summary>
    public EmulatorFault? Take(Func<EmulatorFaultKind, bool> kinds, string? sessionId)
    {
        var taken = Find(kinds, sessionId);
        if (taken is not null)
        {
            Struck?.Invoke(taken, sessionId);
        }

        return taken;
    }

    private EmulatorFault? Find(Func<EmulatorFaultKind, bool> kinds, string? sessionId)
    {
        lock (_gate)
        {
            if (_faults.Count == 0)
            {
                return null;
            }

            var index = _faults.FindIndex(fault => kinds(fault.Kind) && sessionId is not null && fault.SessionId?.ToString() == sessionId);
            if (index < 0)
            {
                index = _faults.FindIndex(fault => kinds(fault.Kind) && fault.SessionId is null);
            }

            if (index < 0)
            {
                return null;
            }

            var taken = _faults[index];
            switch (taken.Times)
            {
                case null:
                    break;
                case <= 1:
                    _faults.RemoveAt(index);
                    break;
                default:
                    _faults[index] = taken with { Times = taken.Times - 1 };
                    break;
            }

            return taken;
        }
    }
}
