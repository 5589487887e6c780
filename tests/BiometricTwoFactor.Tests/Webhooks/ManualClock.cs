namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class ManualClock(long unixSeconds) : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;

    public void Set(DateTimeOffset to) => _now = to;
}
