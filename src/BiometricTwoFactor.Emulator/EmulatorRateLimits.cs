namespace BiometricTwoFactor.Emulator;

/// <summary>
/// How many requests the API takes, as the reference documents it: within any 60 seconds, by the emulator's clock, for
/// each credential. Beyond a limit it answers 429 with <c>Retry-After</c>. Null means unlimited. The hosted page and the
/// console are never limited.
/// </summary>
public sealed record EmulatorRateLimits
{
    /// <summary>Sessions that may be asked for in a minute.</summary>
    public int? CreatePerMinute { get; init; }

    /// <summary>All other POST, PATCH and DELETE requests together, in a minute.</summary>
    public int? WritesPerMinute { get; init; }

    /// <summary>GET requests in a minute, reports included.</summary>
    public int? ReadsPerMinute { get; init; }

    /// <summary>PDF reports in a minute.</summary>
    public int? ReportsPerMinute { get; init; }

    /// <summary>Sessions that a sandbox makes within any 24 hours; one that is handed out again does not count. A live world has no such quota.</summary>
    public int? SandboxSessionsPerDay { get; init; }

    /// <summary>The reference's: 600 creations, 300 writes, 600 reads and 50 reports a minute, 500 sandbox sessions a day.</summary>
    public static EmulatorRateLimits Documented { get; } = new()
    {
        CreatePerMinute = 600,
        WritesPerMinute = 300,
        ReadsPerMinute = 600,
        ReportsPerMinute = 50,
        SandboxSessionsPerDay = 500,
    };

    /// <summary>No limits: for load tests.</summary>
    public static EmulatorRateLimits None { get; } = new();
}
