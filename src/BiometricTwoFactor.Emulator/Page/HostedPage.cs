using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The page that the customer is sent to, <c>/session/{token}</c> or <c>/{lang}/session/{token}</c>. The token is the
/// right to it; there is nothing else to know.
/// </summary>
internal static class HostedPage
{
    public static async Task ShowAsync(HttpContext context, EmulatorCore core)
    {
        if (Find(context, core) is not { } session)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, PageHtml.Unknown());
            return;
        }

        var device = CaptureDevice.From(context.Request.Headers.UserAgent, context.Connection.RemoteIpAddress);
        _ = core.Flow.Open(session, device);
        var now = core.Snapshot(session);
        await WriteAsync(context, StatusCodes.Status200OK, IsOpen(now.Status) ? PageHtml.Picker(now, session.Workflow) : PageHtml.Ended(now.Status));
    }

    public static async Task FinishAsync(HttpContext context, EmulatorCore core)
    {
        if (Find(context, core) is not { } session)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, PageHtml.Unknown());
            return;
        }

        var scenario = context.Request.HasFormContentType
            ? (await context.Request.ReadFormAsync(context.RequestAborted))["scenario"].ToString()
            : "";
        if (!SandboxScenario.IsKnown(scenario))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, PageHtml.Picker(core.Snapshot(session), session.Workflow, chooseFirst: true));
            return;
        }

        // The webhook goes its own way: the browser does not wait for it.
        var completion = core.Flow.Complete(session, scenario);
        if (completion?.Callback is not { } callback)
        {
            await WriteAsync(context, StatusCodes.Status200OK, PageHtml.Ended(completion?.Status ?? core.Snapshot(session).Status));
            return;
        }

        Protect(context);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = callback;
    }

    public static Task StyleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(PageHtml.Style, context.RequestAborted);
    }

    private static bool IsOpen(SessionStatus status) =>
        status is SessionStatus.NotStarted or SessionStatus.InProgress or SessionStatus.Resubmitted or SessionStatus.AwaitingUser;

    private static SessionRecord? Find(HttpContext context, EmulatorCore core)
    {
        var known = context.Request.RouteValues["language"] is not string language || Languages.All.Contains(language, StringComparer.Ordinal);
        return known && context.Request.RouteValues["token"] is string token ? core.FindByToken(token) : null;
    }

    private static Task WriteAsync(HttpContext context, int status, string html)
    {
        Protect(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        // No form-action: browsers hold it against the redirect after the form as well, and callbacks go anywhere,
        // custom schemes included. No frame-ancestors: relying parties embed this page.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
    }
}
