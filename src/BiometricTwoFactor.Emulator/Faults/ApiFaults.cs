using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BiometricTwoFactor.Emulator;

/// <summary>The planned faults of the API: what a request gets instead of its answer, or how its answer is spoilt.</summary>
internal static class ApiFaults
{
    private const int UsualSize = 64 * 1024 * 1024;

    private static readonly TimeSpan Usually = TimeSpan.FromSeconds(30);

    public static bool IsOfApi(EmulatorFaultKind kind) => kind is >= EmulatorFaultKind.ApiFieldArrays and <= EmulatorFaultKind.ApiHuge;

    /// <summary>The session that a path is about: the one UUID in it. Null when it has none.</summary>
    public static string? SessionOf(PathString path)
    {
        foreach (var part in (path.Value ?? "").Split('/'))
        {
            if (Guid.TryParseExact(part, "D", out var id))
            {
                return id.ToString("D");
            }
        }

        return null;
    }

    public static Task StrikeAsync(HttpContext context, EmulatorFault fault, TimeProvider clock, RequestDelegate next) => fault.Kind switch
    {
        EmulatorFaultKind.ApiFieldArrays => ApiErrors.FieldAsync(context, "workflow_id", fault.Text ?? "This field is required."),
        EmulatorFaultKind.ApiFieldTexts => ApiErrors.PlainFieldAsync(context, "workflow_id", fault.Text ?? "Invalid workflow_id."),
        EmulatorFaultKind.ApiDetail => ApiErrors.DetailAsync(
            context, StatusCodes.Status400BadRequest, fault.Text ?? "You don't have enough credits to perform this request. Please top up."),
        EmulatorFaultKind.ApiBareArray => ApiErrors.BareArrayAsync(context, fault.Text ?? "The new status is the same as the current status."),
        EmulatorFaultKind.ApiForbidden => ApiErrors.DetailAsync(context, StatusCodes.Status403Forbidden, fault.Text ?? ApiErrors.NoPermission),
        EmulatorFaultKind.ApiNotFoundHtml => ApiErrors.HtmlNotFoundAsync(context),
        EmulatorFaultKind.ApiThrottled => ThrottleAsync(context, fault, clock),
        EmulatorFaultKind.ApiServerError => FailAsync(context),
        EmulatorFaultKind.ApiSlow => AnswerLateAsync(context, fault, clock, next),
        EmulatorFaultKind.ApiHangUp => HangUp(context),
        EmulatorFaultKind.ApiHangUpInBody => SpoilAsync(context, next, HangUpInBodyAsync),
        EmulatorFaultKind.ApiTruncated => SpoilAsync(context, next, TruncateAsync),
        EmulatorFaultKind.ApiHuge => AnswerHugelyAsync(context, fault.Count ?? UsualSize),
        _ => next(context),
    };

    private static Task ThrottleAsync(HttpContext context, EmulatorFault fault, TimeProvider clock)
    {
        var seconds = (long)Math.Ceiling((fault.Delay ?? Usually).TotalSeconds);
        var headers = context.Response.Headers;
        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Limit"] = "600";
        headers["X-RateLimit-Remaining"] = "0";
        headers["X-RateLimit-Reset"] = (clock.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);
        return ApiErrors.DetailAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            fault.Text ?? "Session creation rate limit exceeded. You can make up to 600 requests per minute.");
    }

    private static Task FailAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            "<!doctype html><html lang=\"en\"><head><title>Server Error (500)</title></head><body><h1>Server Error (500)</h1></body></html>",
            context.RequestAborted);
    }

    private static async Task AnswerLateAsync(HttpContext context, EmulatorFault fault, TimeProvider clock, RequestDelegate next)
    {
        await Task.Delay(fault.Delay ?? Usually, clock, context.RequestAborted);
        await next(context);
    }

    private static Task HangUp(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Carries the request out, and leaves its whole answer to whoever spoils it.</summary>
    private static async Task SpoilAsync(HttpContext context, RequestDelegate next, Func<HttpContext, ReadOnlyMemory<byte>, Task> spoil)
    {
        var response = context.Response;
        var wire = response.Body;
        using var answer = new MemoryStream();
        response.Body = answer;
        try
        {
            await next(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            response.Body = wire;
        }

        response.Headers.Remove(HeaderNames.ContentLength);
        await spoil(context, answer.GetBuffer().AsMemory(0, (int)answer.Length));
    }

    private static async Task HangUpInBodyAsync(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        if (answer.IsEmpty)
        {
            context.Abort();
            return;
        }

        // No abort: its reset would overtake what was sent. The server closes the connection by itself, in order, when an
        // answer ends before its length.
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer[..(answer.Length / 2)], context.RequestAborted);
    }

    private static async Task TruncateAsync(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        if (!answer.IsEmpty)
        {
            var half = answer[..(answer.Length / 2)];
            context.Response.ContentLength = half.Length;
            await context.Response.Body.WriteAsync(half, context.RequestAborted);
        }
    }

    /// <summary>Without a length: whoever trusts one must count all the same.</summary>
    private static async Task AnswerHugelyAsync(HttpContext context, int size)
    {
        const string Start = "{\"padding\":\"";
        const string End = "\"}";
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        var body = context.Response.Body;
        await body.WriteAsync(Encoding.ASCII.GetBytes(Start), context.RequestAborted);
        var padding = new byte[16 * 1024];
        padding.AsSpan().Fill((byte)'x');
        for (var left = size - Start.Length - End.Length; left > 0; left -= padding.Length)
        {
            await body.WriteAsync(padding.AsMemory(0, Math.Min(left, padding.Length)), context.RequestAborted);
        }

        await body.WriteAsync(Encoding.ASCII.GetBytes(End), context.RequestAborted);
    }
}
