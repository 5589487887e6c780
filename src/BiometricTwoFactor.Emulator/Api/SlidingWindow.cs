namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Lets so many through within any stretch of time of that length. It remembers the times of those alone, so that its
/// memory ends at the limit.
/// </summary>
internal sealed class SlidingWindow(int? limit, TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _taken = new();
    private readonly Lock _gate = new();

    public int Limit => limit ?? int.MaxValue;

    /// <summary>Takes a place; null when there was one, else when the next one becomes free.</summary>
    public DateTimeOffset? Take(DateTimeOffset now)
    {
        if (limit is not { } most)
        {
            return null;
        }

        lock (_gate)
        {
            while (_taken.TryPeek(out var oldest) && now - oldest >= length)
            {
                _taken.Dequeue();
            }

            if (_taken.Count < most)
            {
                _taken.Enqueue(now);
                return null;
            }

            // A limit of nought never has a place; the whole length is then as good an answer as any.
            return (_taken.TryPeek(out var first) ? first : now) + length;
        }
    }
}
