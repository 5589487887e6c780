namespace BiometricTwoFactor.Force;

/// <summary>Counts the requests of a round, and says when the one has begun that a machine is to die in.</summary>
internal sealed class Steps
{
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _taken;
    private long _mark = long.MaxValue;
    private long _all;

    /// <summary>Of this round.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Of all rounds.</summary>
    public long All => Interlocked.Read(ref _all);

    /// <summary>Begins a round. The task ends in the middle of its request number <paramref name="mark"/>.</summary>
    public Task Begin(long mark)
    {
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _taken, 0);
        Interlocked.Exchange(ref _mark, mark);
        return _reached.Task;
    }

    public void Take()
    {
        Interlocked.Increment(ref _all);
        if (Interlocked.Increment(ref _taken) == Interlocked.Read(ref _mark))
        {
            _reached.TrySetResult();
        }
    }

    /// <summary>The round is over: who still waits for its mark waits no longer.</summary>
    public void End() => _reached.TrySetResult();
}
