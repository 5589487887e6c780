using System.Collections.Concurrent;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// How long the provider asked to be left alone (429 and 503 with <c>Retry-After</c>): nothing that can wait is read until
/// then, whichever challenge of the tenant the answer was for. What somebody waits for at a deadline is still tried.
/// </summary>
internal sealed class ProviderPause(TimeProvider timeProvider)
{
    /// <summary>Where the provider does not say for how long.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(5);

    /// <summary>A header of days is a mistake; open challenges do not live that long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>Until when the tenant's provider application is left alone; null when it need not be.</summary>
    public DateTimeOffset? Until(string tenant) => _until.TryGetValue(tenant, out var until) && timeProvider.GetUtcNow() < until ? until : null;

    /// <summary>Notes a failure; true when it asks for a pause. A shorter one never ends a longer one.</summary>
    public bool Note(string tenant, BiometricException failure)
    {
        if (failure.Code != BiometricErrorCode.RateLimited && failure.Status is not (429 or 503) && failure.RetryAfter is null)
        {
            return false;
        }

        var pause = failure.RetryAfter ?? Unsaid;
        var until = timeProvider.GetUtcNow() + (pause < Longest ? pause : Longest);
        _until.AddOrUpdate(tenant, until, (_, known) => until > known ? until : known);
        return true;
    }
}
