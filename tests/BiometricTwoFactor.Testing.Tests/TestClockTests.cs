using System.Collections.Concurrent;

namespace BiometricTwoFactor.Testing.Tests;

/// <summary>A clock that the test moves.</summary>
public sealed class TestClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TestClock _clock = new(Start);
    private readonly List<string> _fired = [];

    [Fact]
    public void It_stands_where_it_was_put_until_it_is_moved()
    {
        var before = _clock.GetTimestamp();
        Assert.Equal(Start, _clock.GetUtcNow());

        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(Start.AddMinutes(3), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(3), _clock.GetElapsedTime(before));
        Assert.Equal(TimeZoneInfo.Utc, _clock.LocalTimeZone);
    }

    [Fact]
    public void Another_offset_is_the_same_instant_in_utc()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow().Offset);
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public void It_begins_at_the_machines_time_and_does_not_go_back()
    {
        var earliest = TimeProvider.System.GetUtcNow();
        Assert.InRange(new TestClock().GetUtcNow(), earliest, TimeProvider.System.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_with_the_clock_at_each_ones_time()
    {
        using var third = Once("third", 30);
        using var first = Once("first", 10);
        using var second = Once("second", 20);
        using var alsoSecond = Once("also second", 20);
        using var never = Once("never", 31);

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(["first at 10", "second at 20", "also second at 20", "third at 30"], _fired);
        Assert.Equal(Start.AddSeconds(30), _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(4, _fired.Count);
    }

    [Fact]
    public void A_timer_that_is_armed_by_a_timer_fires_within_the_same_move()
    {
        ITimer? chained = null;
        chained = _clock.CreateTimer(
            _ =>
            {
                Note("chained");
                chained!.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
            },
            null,
            TimeSpan.FromSeconds(10),
            Timeout.InfiniteTimeSpan);
        using var between = Once("between", 15);

        _clock.Advance(TimeSpan.FromSeconds(35));

        Assert.Equal(["chained at 10", "between at 15", "chained at 20", "chained at 30"], _fired);
        chained.Dispose();
    }

    [Fact]
    public void A_periodic_timer_fires_as_often_as_its_period_passes()
    {
        var timer = _clock.CreateTimer(_ => Note("tick"), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal(["tick at 5", "tick at 15", "tick at 25"], _fired);

        timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(3));
        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["tick at 27", "tick at 29"], _fired.Skip(3));
    }

    [Fact]
    public async Task A_timer_that_is_due_at_once_needs_no_move()
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = _clock.CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.Zero, TimeSpan.FromSeconds(10));

        await fired.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_timers_time_is_never_or_not_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(-2), Timeout.InfiniteTimeSpan));
        using var timer = _clock.CreateTimer(_ => Note("never"), null, Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => timer.Change(TimeSpan.Zero, TimeSpan.FromSeconds(-3)));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_fired);
    }

    [Fact]
    public void A_timer_may_move_the_clock_itself()
    {
        using var mover = _clock.CreateTimer(_ => _clock.Advance(TimeSpan.FromSeconds(60)), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        using var later = Once("later", 30);

        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(["later at 30"], _fired);
        Assert.Equal(Start.AddSeconds(70), _clock.GetUtcNow());
    }

    [Fact]
    public async Task Delays_and_time_limits_follow_it()
    {
        var delay = Task.Delay(TimeSpan.FromHours(1), _clock);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), _clock);
        await _clock.WaitForTimerAsync(TimeSpan.FromHours(1));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(limit.IsCancellationRequested);
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromMinutes(59));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_test_can_wait_until_the_code_waits()
    {
        var wait = _clock.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        Assert.False(wait.IsCompleted);

        using var timer = Once("seven", 7);

        await wait;
    }

    [Fact]
    public async Task A_wait_in_vain_says_what_is_armed()
    {
        using var timer = Once("other", 7);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _clock.WaitForTimerAsync(TimeSpan.FromSeconds(8), TimeSpan.FromMilliseconds(30)));

        Assert.Contains("00:00:07", failure.Message, StringComparison.Ordinal);
        Assert.Contains("00:00:07", _clock.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_threads_may_arm_stop_and_move_it_at_once()
    {
        var fired = new ConcurrentBag<DateTimeOffset>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                var due = _clock.GetUtcNow().AddMilliseconds(1);
                // Not before its time; and once, although others move the clock too.
                var timer = _clock.CreateTimer(
                    _ =>
                    {
                        Assert.True(_clock.GetUtcNow() >= due);
                        fired.Add(due);
                    },
                    null,
                    TimeSpan.FromMilliseconds(1),
                    Timeout.InfiniteTimeSpan);
                _clock.Advance(TimeSpan.FromMilliseconds(1));
                timer.Dispose();
            }
        })));

        Assert.Equal(1600, fired.Count);
        Assert.Equal(Start.AddMilliseconds(1600), _clock.GetUtcNow());
    }

    private ITimer Once(string name, int seconds) => _clock.CreateTimer(_ => Note(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private void Note(string name) => _fired.Add($"{name} at {(_clock.GetUtcNow() - Start).TotalSeconds}");
}
