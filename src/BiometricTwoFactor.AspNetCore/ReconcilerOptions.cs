namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// How open challenges are reconciled with the provider when no webhook comes (<c>Biometric:Reconciler</c>): decision reads
/// with a growing pause, jitter, a cap, and the provider's own <c>Retry-After</c>, through the same judge.
/// </summary>
public sealed class ReconcilerOptions
{
    /// <summary>The pause before the first read, counted from the opening of the session. Default 15 seconds; each further pause is twice as long.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause. Default 2 minutes; in review it is ten times that.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Challenges that one round takes at most, 1 to 1000; a full round is followed by another at once. Default 20.</summary>
    public int BatchSize { get; set; } = 20;

    /// <summary>
    /// After which time, counted from its making, the subject is reminded once of a challenge whose camera page nobody has
    /// opened (<see cref="StepUpEventKind.Unopened"/>); null, the default, for never.
    /// </summary>
    public TimeSpan? RemindAfter { get; set; }
}
