namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Turns announced verdicts to their contrary after a while, as an operator who thinks again. A verdict that was changed
/// by somebody else meanwhile is left alone. A flipped verdict is an announced one: with more uses left it flips again.
/// </summary>
internal sealed class VerdictFlips(EmulatorSettings settings, SessionStore store, FaultPlan plans) : IAsyncDisposable
{
    /// <summary>One that flips at once and without an end must not fill the memory.</summary>
    private const int MostReviews = 1000;

    private static readonly TimeSpan Usually = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _waiting = [];
    private bool _stopped;

    /// <summary>A verdict has been published. Called under the store's lock.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="announced">Ends with the first attempt to deliver its webhook.</param>
    /// <param name="flip">Changes the session's status and says so.</param>
    public void Watch(SessionRecord session, Task announced, Func<SessionRecord, SessionStatus, Task> flip)
    {
        var verdict = session.Status;
        if (verdict is not (SessionStatus.Approved or SessionStatus.Declined)
            || session.Reviews.Count >= MostReviews
            || plans.Take(EmulatorFaultKind.VerdictFlip, session.Id) is not { } fault)
        {
            return;
        }

        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            var waiting = FlipAsync(session, verdict, announced, fault.Delay ?? Usually, plans.Clears, flip);
            _waiting.Add(waiting);
            _ = waiting.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] waiting;
        lock (_gate)
        {
            _stopped = true;
            waiting = [.. _waiting];
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(waiting);
        _stopping.Dispose();
    }

    private async Task FlipAsync(
        SessionRecord session,
        SessionStatus verdict,
        Task announced,
        TimeSpan delay,
        long clears,
        Func<SessionRecord, SessionStatus, Task> flip)
    {
        try
        {
            // Not a moment of it on the caller's thread, which holds the store's lock.
            await Task.Yield();
            await announced.WaitAsync(_stopping.Token);
            await Task.Delay(delay, settings.Clock, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (store.Gate)
        {
            if (!session.IsDeleted && session.Status == verdict && plans.Clears == clears)
            {
                _ = flip(session, verdict == SessionStatus.Approved ? SessionStatus.Declined : SessionStatus.Approved);
            }
        }
    }

    private void Forget(Task done)
    {
        lock (_gate)
        {
            _waiting.Remove(done);
        }
    }
}
