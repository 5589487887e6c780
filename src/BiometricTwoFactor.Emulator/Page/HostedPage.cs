using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The page that the customer is sent to, <c>/session/{token}</c> or <c>/{lang}/session/{token}</c>. The token is the
/// right to it; there is nothing else to know. It works without script; with script the camera opens
/// (<see cref="CameraEndpoints"/>), and the same forms are answered in JSON.
/// </summary>
internal static class HostedPage
{
    public static async Task ShowAsync(HttpContext context, EmulatorCore core)
    {
        if (Find(context, core) is not { } session)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, PageHtml.Unknown(PageTexts.For(context)));
            return;
        }

        NoteOpened(core, session);
        var device = CaptureDevice.From(context.Request.Headers.UserAgent, context.Connection.RemoteIpAddress);
        _ = core.Flow.Open(session, device);
        await ShowAsync(context, core, session);
    }

    public static async Task FinishAsync(HttpContext context, EmulatorCore core)
    {
        var texts = PageTexts.For(context);
        if (Find(context, core) is not { } session)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, PageHtml.Unknown(texts));
            return;
        }

        var form = await PageForm.ReadAsync(context);
        if (SandboxScenario.IsKnown(form.Scenario))
        {
            await EndAsync(context, core, session, core.Flow.Complete(session, form.Scenario));
        }
        else if (form.Leaves)
        {
            await LeaveAsync(context, core, session);
        }
        else if (form.IsOfPicture)
        {
            await TakePictureAsync(context, core, session, form, texts);
        }
        else
        {
            await ShowAgainAsync(context, core, session, new PageProblem(texts["problem_choose_outcome"]));
        }
    }

    /// <summary>
    /// The capture is over, now or since before: the one place that says where this browser goes. The webhook goes its
    /// own way: the browser does not wait for it.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="core">The emulator.</param>
    /// <param name="session">The session.</param>
    /// <param name="completion">The finished capture; null when it was finished before, and then this browser stays here.</param>
    public static async Task EndAsync(HttpContext context, EmulatorCore core, SessionRecord session, SessionFlow.Completion? completion)
    {
        var (redirect, farewell) = HandoffPage.End(context, core, session, completion);
        if (PageAnswer.IsWanted(context))
        {
            // The script follows it, unless the page is embedded and somebody listens to its messages.
            var now = core.Snapshot(session);
            var texts = PageTexts.For(context);
            await PageAnswer.OverAsync(context, now, redirect, EndHtml.Build(now.Status, Measured(core, session), texts, farewell));
        }
        else if (redirect is null)
        {
            await ShowAsync(context, core, session, farewell: farewell);
        }
        else
        {
            Protect(context);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = SessionLinks.ForHeader(redirect);
        }
    }

    public static PageProblem NoPicture(PageForm form, PageTexts texts) => new(
        form.IsTooLarge ? texts.Format("problem_too_large", PageForm.PictureLimit / 1024 / 1024) : texts["problem_choose_picture"], isOfPicture: true);

    public static bool IsOpen(SessionStatus status) =>
        status is SessionStatus.NotStarted or SessionStatus.InProgress or SessionStatus.Resubmitted or SessionStatus.AwaitingUser;

    /// <summary>The session that the address names; null when there is none, or the language is none.</summary>
    public static SessionRecord? Find(HttpContext context, EmulatorCore core)
    {
        var known = context.Request.RouteValues["language"] is not string language || Languages.All.Contains(language, StringComparer.Ordinal);
        return known && context.Request.RouteValues["token"] is string token ? core.FindByToken(token) : null;
    }

    /// <summary>The path of the page itself, whichever of its addresses was asked.</summary>
    public static string PathOf(HttpContext context)
    {
        var language = context.Request.RouteValues["language"] is string named ? $"/{named}" : "";
        return $"{context.Request.PathBase}{language}/session/{context.Request.RouteValues["token"]}";
    }

    public static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        // No form-action: browsers hold it against the redirect after the form as well, and callbacks go anywhere,
        // custom schemes included. No frame-ancestors: relying parties embed this page.
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
    }

    private static async Task TakePictureAsync(HttpContext context, EmulatorCore core, SessionRecord session, PageForm form, PageTexts texts)
    {
        if (form.IsTooLarge || form.Picture is null)
        {
            await ShowAgainAsync(context, core, session, NoPicture(form, texts));
            return;
        }

        using var shown = await ShownFrames.ReadAsync([form.Picture], asked: null, context.RequestAborted);
        var outcome = core.Pictures.Take(session, shown, isLastTry: false);
        await (outcome.Problems.Count > 0
            ? ShowAgainAsync(context, core, session, PageProblem.Of(outcome, texts))
            : EndAsync(context, core, session, outcome.Completion));
    }

    /// <summary>Who leaves has begun and not finished: Abandoned (contract 5).</summary>
    private static Task LeaveAsync(HttpContext context, EmulatorCore core, SessionRecord session)
    {
        SessionFlow.Completion? completion;
        lock (core.Store.Gate)
        {
            completion = core.Flow.Complete(session, SandboxScenario.Abandon);
            if (completion is not null)
            {
                core.Flow.Note(session, "cancelled");
            }
        }

        return EndAsync(context, core, session, completion);
    }

    private static void NoteOpened(EmulatorCore core, SessionRecord session)
    {
        lock (core.Store.Gate)
        {
            if (!session.IsPageOpened)
            {
                session.IsPageOpened = true;
                core.Flow.Note(session, "opened");
            }
        }
    }

    private static Task ShowAgainAsync(HttpContext context, EmulatorCore core, SessionRecord session, PageProblem problem)
    {
        if (!IsOpen(core.Snapshot(session).Status))
        {
            return EndAsync(context, core, session, completion: null);
        }

        return PageAnswer.IsWanted(context)
            ? PageAnswer.RetryAsync(context, problem, core.Pictures.AskTurn(session), PageTexts.For(context))
            : ShowAsync(context, core, session, problem);
    }

    private static Task ShowAsync(HttpContext context, EmulatorCore core, SessionRecord session, PageProblem? problem = null, string? farewell = null)
    {
        var now = core.Snapshot(session);
        var texts = PageTexts.For(context);
        if (!IsOpen(now.Status))
        {
            return WriteAsync(context, StatusCodes.Status200OK, PageHtml.Ended(now, Measured(core, session), texts, context.Request.PathBase, farewell));
        }

        var offer = new PageOffer(
            IsArmed: now.Scenario is not null,
            core.Pictures.CanJudge(session),
            session.Workflow.NeedsReferenceFace && core.Settings.Options.FaceMatchScore is null,
            session.Workflow.LivenessMethod == LivenessMethod.Passive && EmulatorMatcher.EvaluatesLiveness(core.Settings),
            core.Pictures.AskTurn(session));
        return WriteAsync(
            context,
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            PageHtml.Capture(now, session.Workflow, offer, HandoffPage.Meet(context, core, session), problem, texts, context.Request.PathBase));
    }

    private static CaptureResult? Measured(EmulatorCore core, SessionRecord session)
    {
        lock (core.Store.Gate)
        {
            return session.Result is { IsOfPicture: true } result ? result : null;
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string html)
    {
        Protect(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }
}
