namespace BiometricTwoFactor.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers, delays and time limits that were made with it fire while it
/// is moved, in the order of their times, each with the clock at its own time; on the thread that moves it. What a timer
/// releases (the code after a <c>Task.Delay</c>) runs on the thread pool, as always: wait for its effect, not for time.
/// Safe to use from many threads.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Lock _moving = new();
    private readonly HashSet<TestTimer> _timers = [];
    private readonly List<(TimeSpan DueIn, TaskCompletionSource Seen)> _waiting = [];
    private DateTimeOffset _now;
    private long _armed;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">
    /// Where it stands; null for the machine's time, at which what is held against the machine's own clock (a cookie in a
    /// <c>CookieContainer</c>) is valid.
    /// </param>
    public TestClock(DateTimeOffset? start = null) => _now = (start ?? System.GetUtcNow()).ToUniversalTime();

    /// <summary>UTC, on every machine.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Where the clock stands.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <summary>The same as a number of ticks, for measuring what has passed.</summary>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>
    /// Moves the clock forward, and fires what falls due on the way: timers that were armed by other timers meanwhile
    /// too, and a periodic one as often as its period passes. Two moves at the same time happen one after the other.
    /// </summary>
    /// <param name="by">How far. Zero fires nothing new.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative: this clock does not go back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_moving)
        {
            var until = GetUtcNow() + by;
            while (Next(until) is { } due)
            {
                due.Fire();
            }
        }
    }

    /// <summary>
    /// Until a timer is due in exactly that long: then the code under test is waiting, and moving the clock will not be
    /// missed. At once when there is one.
    /// </summary>
    /// <param name="dueIn">How long from where the clock stands then.</param>
    /// <param name="timeout">How long to wait in real time; 10 seconds when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">No such timer was armed in time; the message says which ones there are.</exception>
    public async Task WaitForTimerAsync(TimeSpan dueIn, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var limit = timeout ?? Patience;
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((dueIn, seen));
            TellWaiting();
        }

        try
        {
            await seen.Task.WaitAsync(limit, System, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"No timer was due in {dueIn} within {limit}. There are: {Describe()}.", e);
        }
        finally
        {
            lock (_gate)
            {
                _waiting.RemoveAll(one => one.Seen == seen);
            }
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Where the clock stands and what is armed; for failure messages.</summary>
    public override string ToString() => $"{GetUtcNow():O}, timers: {Describe()}";

    /// <summary>Puts the clock to the next timer's time and takes that timer; else to the end, and null.</summary>
    private TestTimer? Next(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.DueAt <= until).OrderBy(timer => timer.DueAt).ThenBy(timer => timer.Order).FirstOrDefault();
            if (next is null)
            {
                // A timer's own callback may have moved the clock further already.
                _now = until > _now ? until : _now;
                return null;
            }

            _now = next.DueAt > _now ? next.DueAt : _now;
            if (next.Period > TimeSpan.Zero)
            {
                next.Arm(next.DueAt + next.Period, ++_armed);
            }
            else
            {
                _timers.Remove(next);
            }

            TellWaiting();
            return next;
        }
    }

    /// <returns>False when it was disposed.</returns>
    private bool Set(TestTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period;
            if (dueTime <= TimeSpan.Zero)
            {
                // Never, or at once: neither has to do with where the clock stands.
                _timers.Remove(timer);
                if (dueTime == TimeSpan.Zero && period > TimeSpan.Zero)
                {
                    timer.Arm(_now + period, ++_armed);
                    _timers.Add(timer);
                }
            }
            else
            {
                timer.Arm(_now + dueTime, ++_armed);
                _timers.Add(timer);
            }

            TellWaiting();
        }

        if (dueTime == TimeSpan.Zero)
        {
            // Never on the caller's own thread, which may hold a lock that the callback takes.
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), timer, preferLocal: false);
        }

        return true;
    }

    private void Remove(TestTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private void TellWaiting()
    {
        foreach (var (dueIn, seen) in _waiting)
        {
            if (_timers.Any(timer => timer.DueAt - _now == dueIn))
            {
                seen.TrySetResult();
            }
        }
    }

    private string Describe()
    {
        lock (_gate)
        {
            return _timers.Count == 0 ? "none" : string.Join(", ", _timers.Select(timer => timer.DueAt - _now).Order());
        }
    }

    /// <summary>Its state is the clock's, and only touched under the clock's lock.</summary>
    private sealed class TestTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; private set; }

        /// <summary>Of two timers for the same time, the one that was armed first fires first.</summary>
        public long Order { get; private set; }

        public TimeSpan Period { get; set; }

        public bool IsDisposed { get; set; }

        public void Arm(DateTimeOffset dueAt, long order) => (DueAt, Order) = (dueAt, order);

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowIfNoDelay(dueTime, nameof(dueTime));
            ThrowIfNoDelay(period, nameof(period));
            return clock.Set(this, dueTime, period);
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private static void ThrowIfNoDelay(TimeSpan value, string name)
        {
            if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
            {
                throw new ArgumentOutOfRangeException(name, value, "A timer's time is not negative; only -1 ms stands for never.");
            }
        }
    }
}
