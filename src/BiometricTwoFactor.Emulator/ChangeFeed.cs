namespace BiometricTwoFactor.Emulator;

/// <summary>Tells whoever watches that something has changed: a session, a delivery, a fault. What changed is for them to look up.</summary>
internal sealed class ChangeFeed
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = Fresh();
    private long _version;

    public long Version
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    /// <summary>Cheap, and safe under any lock: watchers run elsewhere.</summary>
    public void Notify()
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            _version++;
            (waiting, _next) = (_next, Fresh());
        }

        waiting.SetResult();
    }

    /// <summary>Until something has changed since that version; at once when it has already.</summary>
    public Task WaitAsync(long since, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _version > since ? Task.CompletedTask : _next.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
