using System.Collections.Concurrent;
using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>What a test changes about the bank, and what the bank writes down.</summary>
internal sealed class HonestBankSetup
{
    public MovableTime Time { get; } = new();

    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromMinutes(15);

    public string Payee { get; set; } = "Nora Fields";

    /// <summary>Shows the result of a payment as the answer to its POST, which a reload sends again, instead of redirecting.</summary>
    public bool AnswersPostsDirectly { get; set; }

    public Action<BiometricStepUpOptions>? Options { get; set; }

    public Action<BiometricStepUpBuilder>? StepUp { get; set; }

    /// <summary>The bank's own stylesheet, at <c>/css/own.css</c>.</summary>
    public string Stylesheet { get; set; } = "";

    /// <summary>Runs before a request is answered: what makes a bank slow.</summary>
    public Func<HttpContext, Task>? Before { get; set; }

    public ConcurrentQueue<string> Paid { get; } = new();

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public SemaphoreSlim Changed { get; } = new(0);

    public async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        if (Before is { } before)
        {
            await before(context);
        }

        try
        {
            await next(context);
        }
        finally
        {
            Seen.Enqueue(SeenRequest.Of(context));
            Changed.Release();
        }
    }
}

/// <summary>A request as the browser sent it, and how it was answered.</summary>
internal sealed record SeenRequest(string Method, string Path, string Site, bool HasSession, int Status, bool SetsSession)
{
    public const string SessionCookie = "session";

    public static SeenRequest Of(HttpContext context)
    {
        var request = context.Request;
        return new(
            request.Method,
            request.Path.Value!,
            request.Headers["Sec-Fetch-Site"].ToString(),
            request.Cookies.ContainsKey(SessionCookie),
            context.Response.StatusCode,
            context.Response.Headers.SetCookie.Any(cookie => cookie!.StartsWith(SessionCookie + "=", StringComparison.Ordinal)));
    }

    public bool Is(string method, string prefix) => Method == method && Path.StartsWith(prefix, StringComparison.Ordinal);
}
