using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The reference's rate limits. A credential is the API key or, for whoever has none, everybody without one together:
/// the provider goes by their address then, and all of them are this machine here.
/// </summary>
internal sealed class RateLimiter(EmulatorSettings settings)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Windows _withKey = new(settings.Options.RateLimits);
    private readonly Windows _without = new(settings.Options.RateLimits);
    private readonly SlidingWindow _sandbox = new(settings.IsSandbox ? settings.Options.RateLimits.SandboxSessionsPerDay : null, TimeSpan.FromDays(1));

    /// <summary>Counts the request; false when it is one too many and has been answered.</summary>
    public async Task<bool> AdmitAsync(HttpContext context)
    {
        if (settings.Options.RateLimits == EmulatorRateLimits.None)
        {
            return true;
        }

        var path = context.Request.Path.Value ?? "";
        if (path.EndsWith("/sandbox/arm/", StringComparison.Ordinal))
        {
            return true; // no limit is documented: the page calls it, not the holder of the key
        }

        var windows = ApiGuard.HasKey(context, settings) ? _withKey : _without;
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isRead)
        {
            var isCreate = path == "/v3/session/" && HttpMethods.IsPost(context.Request.Method);
            return isCreate
                ? await TakeAsync(context, windows.Create, "Session creation rate limit exceeded.")
                : await TakeAsync(context, windows.Writes, "Write request rate limit exceeded.");
        }

        return await TakeAsync(context, windows.Reads, "GET request rate limit exceeded.")
            && (!path.EndsWith("/generate-pdf/", StringComparison.Ordinal)
                || await TakeAsync(context, windows.Reports, "Session PDF generation rate limit exceeded."));
    }

    /// <summary>Counts a session that is about to be made in the sandbox; null when there is room, else when there will be.</summary>
    public DateTimeOffset? TakeSandboxSession() => _sandbox.Take(settings.Clock.GetUtcNow());

    /// <summary>The sandbox's quota has a wording of its own and none of the three headers.</summary>
    public Task RefuseSandboxSessionAsync(HttpContext context, DateTimeOffset free)
    {
        var seconds = Wait(context, free);
        return ApiErrors.DetailAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            $"Sandbox session quota exceeded ({Text(_sandbox.Limit)} sessions per 24h). Wait for the window to reset. Expected available in {seconds} seconds.");
    }

    private async Task<bool> TakeAsync(HttpContext context, SlidingWindow window, string what)
    {
        if (window.Take(settings.Clock.GetUtcNow()) is not { } free)
        {
            return true;
        }

        var seconds = Wait(context, free);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = Text(window.Limit);
        headers["X-RateLimit-Remaining"] = "0";
        headers["X-RateLimit-Reset"] = Text(free.AddTicks(TimeSpan.TicksPerSecond - 1).ToUnixTimeSeconds());
        // Webhook destinations are throttled by another layer of the provider, with its own words.
        await ApiErrors.DetailAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            context.Request.Path.StartsWithSegments("/v3/webhook", StringComparison.Ordinal)
                ? $"Request was throttled. Expected available in {seconds} seconds."
                : $"{what} You can make up to {Text(window.Limit)} requests per minute.");
        return false;
    }

    /// <summary>Writes <c>Retry-After</c>: whole seconds, at least one, never too few.</summary>
    private string Wait(HttpContext context, DateTimeOffset free)
    {
        var seconds = Text(Math.Max(1, (long)Math.Ceiling((free - settings.Clock.GetUtcNow()).TotalSeconds)));
        context.Response.Headers.RetryAfter = seconds;
        return seconds;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Windows(EmulatorRateLimits limits)
    {
        public SlidingWindow Create { get; } = new(limits.CreatePerMinute, Minute);

        public SlidingWindow Writes { get; } = new(limits.WritesPerMinute, Minute);

        public SlidingWindow Reads { get; } = new(limits.ReadsPerMinute, Minute);

        public SlidingWindow Reports { get; } = new(limits.ReportsPerMinute, Minute);
    }
}
