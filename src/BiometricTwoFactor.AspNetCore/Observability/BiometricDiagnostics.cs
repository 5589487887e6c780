using System.Diagnostics;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What the step-up tells a collector, by names that stay: add <see cref="MeterName"/> to the meters and
/// <see cref="ActivitySourceName"/> to the sources of OpenTelemetry, and those of <see cref="BiometricClientDiagnostics"/> for
/// the provider's side. No tag names a person, a session, an amount or a key.
/// </summary>
/// <remarks>
/// Instruments:
/// <list type="bullet">
/// <item><c>biometric.challenges</c>: challenges that came to something, by <c>biometric.reason</c> and <c>biometric.outcome</c>
/// (<c>made</c>, <c>approved</c>, <c>held</c>, <c>declined</c>, <c>used</c>, <c>expired</c>, <c>unclaimed</c>, <c>not_finished</c>,
/// <c>abandoned</c>, <c>superseded</c>, <c>violated</c>, <c>revoked</c>).</item>
/// <item><c>biometric.challenges.refused</c>: requests for which none was made, by reason and <c>biometric.cause</c>.</item>
/// <item><c>biometric.verdict.duration</c> (seconds): from the challenge to its verdict, the person's time included.</item>
/// <item><c>biometric.mismatches</c>: verdicts and requests for other facts than the stored ones, by <c>biometric.mismatch</c>.</item>
/// <item><c>biometric.replays</c>: what came a second time, by <c>biometric.replay</c> (<c>approval</c>, <c>delivery</c>, <c>event</c>,
/// <c>session</c>, <c>code</c>).</item>
/// <item><c>biometric.webhooks</c>: deliveries, by <c>biometric.outcome</c> of their verification.</item>
/// </list>
/// Activities: <c>biometric.challenge</c>, <c>biometric.webhook</c>, <c>biometric.judge</c>, <c>biometric.use</c>.
/// </remarks>
public static class BiometricDiagnostics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "BiometricTwoFactor.AspNetCore";

    /// <summary>The activity source's name.</summary>
    public const string ActivitySourceName = "BiometricTwoFactor.AspNetCore";

    internal static ActivitySource Source { get; } = new(ActivitySourceName);
}
