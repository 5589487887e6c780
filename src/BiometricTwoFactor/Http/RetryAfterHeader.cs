namespace BiometricTwoFactor;

/// <summary>Reads <c>Retry-After</c>, in seconds or as a date (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfterHeader
{
    /// <returns>How long to wait, never negative; null when the header is missing or unreadable.</returns>
    internal static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
