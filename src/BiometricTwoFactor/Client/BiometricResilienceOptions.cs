namespace BiometricTwoFactor;

/// <summary>
/// Resilience of the calls. The names are those of the standard resilience handler of
/// <c>Microsoft.Extensions.Http.Resilience</c>, so that knowledge and configuration carry over.
/// </summary>
public sealed class BiometricResilienceOptions
{
    /// <summary>The time for one attempt, from sending to the last byte of the answer: 10 seconds by default.</summary>
    public BiometricTimeoutOptions AttemptTimeout { get; } = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The time for a call with all its attempts and waits: 30 seconds by default.</summary>
    public BiometricTimeoutOptions TotalRequestTimeout { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Repetition of reads. What changes something is never repeated.</summary>
    public BiometricRetryOptions Retry { get; } = new();

    /// <summary>When a failing provider is left alone for a while.</summary>
    public BiometricCircuitBreakerOptions CircuitBreaker { get; } = new();
}

/// <summary>A time limit.</summary>
public sealed class BiometricTimeoutOptions
{
    /// <summary>The limit: 10 milliseconds to one day.</summary>
    public TimeSpan Timeout { get; set; }
}

/// <summary>How reads (GET) are repeated after no answer, a 408, 429, 500, 502, 503 or 504.</summary>
public sealed class BiometricRetryOptions
{
    /// <summary>Attempts after the first: 3 by default; 0 for none.</summary>
    public int MaxRetryAttempts { get; set; } = 3;

    /// <summary>The wait before the first repetition, doubling from there: half a second by default.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Spreads the waits at random, so that many machines do not come back at once. On by default.</summary>
    public bool UseJitter { get; set; } = true;

    /// <summary>
    /// The longest wait: 10 seconds by default. A <c>Retry-After</c> is kept up to it; one that asks for more is not
    /// waited for at all, and the caller gets it in <see cref="BiometricException.RetryAfter"/>.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>When calls stop for a while: no answer, or a 5xx, too often. Refusals (4xx) do not count.</summary>
public sealed class BiometricCircuitBreakerOptions
{
    /// <summary>The share of failures that opens the circuit: more than 0, at most 1; 0.5 by default.</summary>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>The least number of attempts in the sampled time before the share counts: 2 or more; 10 by default.</summary>
    public int MinimumThroughput { get; set; } = 10;

    /// <summary>The sampled time: 30 seconds by default.</summary>
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the circuit stays open before one attempt is let through: 5 seconds by default.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);
}
