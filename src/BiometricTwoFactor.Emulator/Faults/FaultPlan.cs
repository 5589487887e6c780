namespace BiometricTwoFactor.Emulator;

/// <summary>The planned faults, in the order in which they were planned.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<EmulatorFault> _faults = [];
    private long _lastId;

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
            return _faults.RemoveAll(fault => fault.Id == id) > 0;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
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
