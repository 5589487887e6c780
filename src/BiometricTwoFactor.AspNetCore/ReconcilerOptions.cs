namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// How open challenges are reconciled with the provider when no webhook comes (<c>Biometric:Reconciler</c>): decision reads
/// with a growing pause, jitter, a cap, and the provider's own <c>Retry-After</c>, through the same judge.
/// </summary>
public sealed class ReconcilerOptions
{
    /// <summary>The pause before the first read. Default 15 seconds.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause. Default 2 minutes; in review it is ten times that.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Reads at once at most. Default 20.</summary>
    public int BatchSize { get; set; } = 20;

    /// <summary>After which time the subject is reminded of a challenge that nobody has opened; null, the default, for never.</summary>
    public TimeSpan? RemindAfter { get; set; }
}
