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
        await ShowAsync(context, core, session);
    }

    public static async Task FinishAsync(HttpContext context, EmulatorCore core)
    {
        if (Find(context, core) is not { } session)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, PageHtml.Unknown());
            return;
        }

        var form = await PageForm.ReadAsync(context);
        if (SandboxScenario.IsKnown(form.Scenario))
        {
            await EndAsync(context, core, session, core.Flow.Complete(session, form.Scenario));
        }
        else if (form.IsOfPicture)
        {
            await TakePictureAsync(context, core, session, form);
        }
        else
        {
            await ShowAsync(context, core, session, new PageProblem(["Choose one of the outcomes below, then finish."]));
        }
    }

    private static async Task TakePictureAsync(HttpContext context, EmulatorCore core, SessionRecord session, PageForm form)
    {
        if (form.IsTooLarge || form.Picture is null)
        {
            string[] reasons = form.IsTooLarge
                ? [$"The picture is too large: at most {PageForm.PictureLimit / 1024 / 1024} MB are taken."]
                : ["Choose a picture first."];
            await ShowAsync(context, core, session, new PageProblem(reasons, IsOfPicture: true));
            return;
        }

        using var selfie = await HeldPicture.ReadAsync(form.Picture, context.RequestAborted);
        var outcome = core.Pictures.Take(session, selfie.Bytes, isLastTry: false);
        await (outcome.Problems.Count > 0
            ? ShowAsync(context, core, session, new PageProblem(outcome.Problems, IsOfPicture: true, outcome.TriesLeft))
            : EndAsync(context, core, session, outcome.Completion));
    }

    /// <summary>The capture is over, now or since before. The webhook goes its own way: the browser does not wait for it.</summary>
    private static async Task EndAsync(HttpContext context, EmulatorCore core, SessionRecord session, SessionFlow.Completion? completion)
    {
        var (callback, farewell) = HandoffPage.End(context, core, session, completion);
        if (callback is null)
        {
            await ShowAsync(context, core, session, farewell: farewell);
            return;
        }

        Protect(context);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = callback;
    }

    private static Task ShowAsync(HttpContext context, EmulatorCore core, SessionRecord session, PageProblem? problem = null, string? farewell = null)
    {
        var now = core.Snapshot(session);
        if (!IsOpen(now.Status))
        {
            return WriteAsync(context, StatusCodes.Status200OK, PageHtml.Ended(now.Status, Measured(core, session), farewell));
        }

        var offer = new PageOffer(
            core.Pictures.IsOffered(session),
            session.Workflow.NeedsReferenceFace && core.Settings.Options.FaceMatchScore is null,
            session.Workflow.LivenessMethod == LivenessMethod.Passive && EmulatorMatcher.EvaluatesLiveness(core.Settings));
        return WriteAsync(
            context,
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            PageHtml.Capture(now, session.Workflow, offer, HandoffPage.Meet(context, core, session), problem));
    }

    private static CaptureResult? Measured(EmulatorCore core, SessionRecord session)
    {
        lock (core.Store.Gate)
        {
            return session.Result is { IsOfPicture: true } result ? result : null;
        }
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

    public static SessionRecord? Find(HttpContext context, EmulatorCore core)
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
