using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// <c>GET /emulator/api/events</c>: server-sent events that say that something has changed, and nothing more. Who hears
/// one looks again at what it shows.
/// </summary>
internal static class EventStream
{
    // Whoever watches does so in real time, whatever the emulator's clock says: one that stands still, in a test, must
    // not stop the page.
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>At most ten events in a second: the changes meanwhile are one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Proxies close what is silent.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task HandleAsync(HttpContext context, EmulatorCore core)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        try
        {
            while (true)
            {
                var seen = core.Changes.Version;
                await SendAsync(context, $"id: {seen}\nevent: change\ndata: {{\"version\":{seen}}}\n\n", either.Token);
                await Task.Delay(Pause, Clock, either.Token);
                while (!await HasChangedAsync(core.Changes, seen, either.Token))
                {
                    await SendAsync(context, ": still here\n\n", either.Token);
                }
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The page was closed, or the emulator stops.
        }
    }

    private static async Task<bool> HasChangedAsync(ChangeFeed changes, long seen, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Heartbeat, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            await changes.WaitAsync(seen, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task SendAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
