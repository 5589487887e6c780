namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Those of this process who wait for a challenge to change.</summary>
internal sealed class ChangeSignals
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TaskCompletionSource Source, int Waiting)> _waiters = new(StringComparer.Ordinal);

    /// <summary>From here on no change of the challenge is missed.</summary>
    public Waiter Subscribe(string id)
    {
        lock (_gate)
        {
            var (source, waiting) = _waiters.GetValueOrDefault(id);
            source ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters[id] = (source, waiting + 1);
            return new Waiter(this, id, source);
        }
    }

    /// <summary>Releases who waits for the challenge; for all challenges where announcements may have been missed.</summary>
    public void Release(string? id)
    {
        TaskCompletionSource[] released;
        lock (_gate)
        {
            if (id is null)
            {
                released = [.. _waiters.Values.Select(waiter => waiter.Source)];
                _waiters.Clear();
            }
            else
            {
                released = _waiters.Remove(id, out var waiter) ? [waiter.Source] : [];
            }
        }

        Array.ForEach(released, source => source.TrySetResult());
    }

    private void Leave(string id, TaskCompletionSource source)
    {
        lock (_gate)
        {
            if (_waiters.TryGetValue(id, out var waiter) && waiter.Source == source)
            {
                if (waiter.Waiting == 1)
                {
                    _waiters.Remove(id);
                }
                else
                {
                    _waiters[id] = (source, waiter.Waiting - 1);
                }
            }
        }
    }

    internal readonly struct Waiter(ChangeSignals signals, string id, TaskCompletionSource source) : IDisposable
    {
        public Task Changed => source.Task;

        public void Dispose() => signals.Leave(id, source);
    }
}
