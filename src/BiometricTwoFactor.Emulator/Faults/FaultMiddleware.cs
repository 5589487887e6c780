using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>Puts <see cref="EmulatorFaults"/> in front of everything else.</summary>
internal static class FaultMiddleware
{
    public static async Task InvokeAsync(HttpContext context, EmulatorCore core, RequestDelegate next)
    {
        var faults = core.Faults;
        if (faults.Unavailable && !context.Request.Path.StartsWithSegments("/emulator", StringComparison.Ordinal))
        {
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "text/html; charset=utf-8", "<!doctype html><title>503</title><h1>Service Unavailable</h1>");
            return;
        }

        if (!context.Request.Path.StartsWithSegments("/v3", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        if (faults.Delay > TimeSpan.Zero)
        {
            await Task.Delay(faults.Delay, core.Settings.Clock, context.RequestAborted);
        }

        if (faults.TakeFailure() is { } failure)
        {
            foreach (var (name, value) in failure.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await AnswerAsync(context, failure.Status, failure.ContentType, failure.Body);
        }
        else if (faults.HangUp)
        {
            context.Abort();
        }
        else if (faults.AnswerNonsense)
        {
            await AnswerAsync(context, StatusCodes.Status200OK, "application/json", "{\"session_id\": \"11111111-2222-3333-4444-5555");
        }
        else if (faults.Plans.Take(ApiFaults.IsOfApi, ApiFaults.SessionOf(context.Request.Path)) is { } planned)
        {
            await ApiFaults.StrikeAsync(context, planned, core.Settings.Clock, next);
        }
        else
        {
            await next(context);
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string contentType, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
