using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// <c>{page}/handoff</c>, for the device that hands a session on: shows the code, then follows what happens elsewhere
/// until it knows where this browser goes. And what the hosted page asks of this room.
/// </summary>
internal static class HandoffPage
{
    /// <summary>The hosted page is shown to a browser: the first is the initiator. Returns what the page carries.</summary>
    public static HandoffOffer Meet(HttpContext context, EmulatorCore core, SessionRecord session)
    {
        var device = BrowserDevice.Named(context);
        lock (core.Store.Gate)
        {
            session.Devices.RoleOf(device);
        }

        var address = HostedPage.PathOf(context) + "/handoff" + BrowserDevice.Query(context, device);
        return new HandoffOffer(HandoffHtml.Field(device), HandoffHtml.Link(address, HandoffTexts.For(context)));
    }

    /// <summary>The capture was finished in this browser: where it goes, or what it is told instead.</summary>
    public static (string? Redirect, string Farewell) End(HttpContext context, EmulatorCore core, SessionRecord session, SessionFlow.Completion? completion)
    {
        var texts = HandoffTexts.For(context);
        if (completion is null)
        {
            return (null, texts.Close);
        }

        BrowserEnd end;
        var device = BrowserDevice.Known(context);
        lock (core.Store.Gate)
        {
            session.Devices.Finish(device);
            end = CallbackRule.Decide(session.CallbackMethod, session.Devices.RoleOf(device), finishedHere: true);
        }

        // Without a callback nobody is sent anywhere, and "back to the other device" would promise too much.
        return completion.Callback is null ? (null, texts.Close)
            : end == BrowserEnd.Callback ? (completion.Callback, "")
            : (null, texts.Farewell(end));
    }

    public static async Task ShowAsync(HttpContext context, EmulatorCore core)
    {
        if (HostedPage.Find(context, core) is not { } session)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, PageHtml.Unknown(PageTexts.For(context)));
            return;
        }

        var device = BrowserDevice.Named(context);
        var texts = HandoffTexts.For(context);
        var page = HostedPage.PathOf(context);
        HandoffView view;
        BrowserEnd end;
        bool isOpen, isHandedOff;
        string? callback;
        lock (core.Store.Gate)
        {
            end = CallbackRule.Decide(session.CallbackMethod, session.Devices.RoleOf(device), session.Devices.HasFinished(device));
            (isOpen, isHandedOff) = (session.IsUnfinished, session.Devices.IsHandedOff);
            callback = SessionLinks.Callback(session);
            view = new HandoffView(page, BrowserDevice.Query(context, device), HandoffState.Of(session));
        }

        if (!isOpen && end == BrowserEnd.Callback && callback is not null)
        {
            HostedPage.Protect(context);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = SessionLinks.ForHeader(callback);
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK,
            !isOpen ? HandoffHtml.Over(texts, callback is null ? BrowserEnd.Close : end)
            : isHandedOff ? HandoffHtml.HandedOff(texts, view)
            : HandoffHtml.Waiting(texts, view, core.Handoffs.For(session.Id), new Uri(core.BaseAddress, "/handoff")));
    }

    /// <summary>Another code, when the one that was used has led nowhere.</summary>
    public static async Task RenewAsync(HttpContext context, EmulatorCore core)
    {
        if (HostedPage.Find(context, core) is not { } session)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, PageHtml.Unknown(PageTexts.For(context)));
            return;
        }

        lock (core.Store.Gate)
        {
            session.Devices.IsHandedOff = false;
        }

        HostedPage.Protect(context);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}";
    }

    public static Task WriteAsync(HttpContext context, int status, string html)
    {
        HostedPage.Protect(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }
}

/// <summary>What the hosted page carries for this room, as HTML.</summary>
/// <param name="Field">For each of its forms.</param>
/// <param name="Link">The way to another device.</param>
internal sealed record HandoffOffer(string Field, string Link);
