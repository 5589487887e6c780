namespace BiometricTwoFactor.Emulator;

/// <summary>How a destination's receiver has answered so far. Kept apart from the log, which forgets.</summary>
internal sealed class DestinationHealth
{
    private readonly Lock _gate = new();
    private Numbers _numbers = new(0, 0, 0, 0, null, null, null);

    public Numbers Now
    {
        get
        {
            lock (_gate)
            {
                return _numbers;
            }
        }
    }

    /// <summary>One attempt: no status when there was no answer, whose duration then counts for nothing.</summary>
    public void Add(DateTimeOffset at, int? status, TimeSpan duration)
    {
        var time = (long)duration.TotalMilliseconds;
        lock (_gate)
        {
            var known = _numbers;
            _numbers = new Numbers(
                known.Deliveries + 1,
                known.Failed + (status is null or >= 400 ? 1 : 0),
                known.Answers + (status is null ? 0 : 1),
                known.TotalTime + (status is null ? 0 : time),
                status is null ? known.LeastTime : Math.Min(known.LeastTime ?? time, time),
                status is null ? known.MostTime : Math.Max(known.MostTime ?? time, time),
                at);
        }
    }

    /// <summary>The counters; times in milliseconds.</summary>
    internal sealed record Numbers(
        long Deliveries, long Failed, long Answers, long TotalTime, long? LeastTime, long? MostTime, DateTimeOffset? LastAt)
    {
        public long? AverageTime => Answers == 0 ? null : (long)Math.Round(TotalTime / (double)Answers);

        public long ErrorRatePercentage => Deliveries == 0 ? 0 : (long)Math.Round(Failed * 100 / (double)Deliveries);
    }
}
