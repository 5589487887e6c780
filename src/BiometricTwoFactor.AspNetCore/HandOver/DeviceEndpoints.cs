using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The other device's side of a hand-over (protocol 4.2). The link's page has no binding and changes nothing: messengers
/// fetch it to preview it. Everything after the digits is by the cookie that they set, and by nothing else.
/// </summary>
internal sealed class DeviceEndpoints(
    HandOvers handOvers,
    HandedCookie cookie,
    SessionOpener opener,
    StartingDevice startingDevice,
    StepUpPages pages,
    IAntiforgery antiforgery,
    BiometricRoutes routes)
{
    public const string DigitsField = "digits";

    private const string AskedAgain = "here";

    public async Task ShowLinkAsync(HttpContext context)
    {
        RedactTrace(context);
        if (IsFromElsewhere(context) && !context.Request.Query.ContainsKey(AskedAgain))
        {
            // A messenger's page led here, so that the Strict cookies were missing: a token made now would void those of other
            // tabs. They are there when this page, whatever the code, asks once more for itself.
            context.Response.Headers["Refresh"] = $"0; url={context.Request.PathBase}{context.Request.Path}?{AskedAgain}";
            await pages.WriteOneMomentAsync(context).ConfigureAwait(false);
            return;
        }

        if (await handOvers.FindWaitingAsync(TenantOf(context), CodeOf(context), context.RequestAborted).ConfigureAwait(false) is null)
        {
            await pages.WriteNoHandOverAsync(context).ConfigureAwait(false);
            return;
        }

        await pages.WriteDigitsAsync(context, routes.Device(context, TenantOf(context), CodeOf(context)!), outcome: null).ConfigureAwait(false);
    }

    public async Task TakeAsync(HttpContext context)
    {
        RedactTrace(context);
        if (await OwnFormAsync(context).ConfigureAwait(false) is not { } form)
        {
            return;
        }

        var result = await handOvers.TakeAsync(TenantOf(context), CodeOf(context), form[DigitsField] is [{ } typed] ? typed : null, context.RequestAborted).ConfigureAwait(false);
        switch (result.Outcome)
        {
            case TakeOutcome.Taken:
                cookie.Set(context, result.Challenge!, result.Cookie!);
                StepUpResponder.SeeOther(context, routes.Local(context, "/device"));
                return;
            case TakeOutcome.NoDigits or TakeOutcome.Wrong:
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await pages.WriteDigitsAsync(context, routes.Device(context, TenantOf(context), CodeOf(context)!), result.Outcome).ConfigureAwait(false);
                return;
            default:
                await pages.WriteNoHandOverAsync(context).ConfigureAwait(false);
                return;
        }
    }

    public async Task ShowAsync(HttpContext context)
    {
        if (await OwnChallengeAsync(context).ConfigureAwait(false) is { } challenge)
        {
            await pages.WriteDeviceAsync(context, challenge).ConfigureAwait(false);
        }
    }

    public async Task StartAsync(HttpContext context)
    {
        if (await OwnFormAsync(context).ConfigureAwait(false) is null || await OwnChallengeAsync(context).ConfigureAwait(false) is not { } challenge)
        {
            return;
        }

        var device = await startingDevice.ReadAsync(context, challenge).ConfigureAwait(false);
        // Who comes first of two devices of one person is a matter of the device that asks: this one gains nothing by its camera.
        var result = await opener.StartAsync(challenge, device, challenge.AskedFrom, code => routes.Callback(context, challenge, code), context.RequestAborted).ConfigureAwait(false);
        switch (result.Outcome)
        {
            case StartOutcome.Started:
                StepUpResponder.SeeOther(context, result.Url!.AbsoluteUri);
                return;
            case StartOutcome.Busy:
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                await pages.WriteDeviceAsync(context, challenge, isBusy: true).ConfigureAwait(false);
                return;
            case StartOutcome.Unavailable:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "5";
                await pages.WriteDeviceAsync(context, challenge, isUnavailable: true).ConfigureAwait(false);
                return;
            case StartOutcome.Blocked:
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                await pages.WriteGoBackAsync(context).ConfigureAwait(false);
                return;
            default:
                // Over, or no face is on file any more: its page says so, and the way out is where it was asked.
                StepUpResponder.SeeOther(context, routes.Local(context, "/device"));
                return;
        }
    }

    public async Task RefuseAsync(HttpContext context)
    {
        if (await OwnFormAsync(context).ConfigureAwait(false) is not null && await OwnChallengeAsync(context).ConfigureAwait(false) is { } challenge)
        {
            await handOvers.RefuseAsync(challenge, context.RequestAborted).ConfigureAwait(false);
            StepUpResponder.SeeOther(context, routes.Local(context, "/device"));
        }
    }

    /// <summary>What traces wrote down at the request's start: the path with its code.</summary>
    private void RedactTrace(HttpContext context) => Activity.Current?.SetTag("url.path", routes.Local(context, "/device/***"));

    private static string TenantOf(HttpContext context) => context.Request.RouteValues["tenant"] as string ?? Tenants.Only;

    private static string? CodeOf(HttpContext context) => context.Request.RouteValues["code"] as string;

    private static bool IsFromElsewhere(HttpContext context) => string.Equals(context.Request.Headers["Sec-Fetch-Site"], "cross-site", StringComparison.Ordinal);

    /// <summary>The form, with an antiforgery token of this very device; a bearer token is no substitute here, since nobody is signed in.</summary>
    private async Task<IFormCollection?> OwnFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context).ConfigureAwait(false))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await pages.WriteTryAgainAsync(context).ConfigureAwait(false);
            return null;
        }

        return await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<StepUpChallenge?> OwnChallengeAsync(HttpContext context)
    {
        var challenge = await handOvers.FindTakenAsync(cookie.Read(context), context.RequestAborted).ConfigureAwait(false);
        if (challenge is null)
        {
            await pages.WriteNoHandOverAsync(context).ConfigureAwait(false);
        }

        return challenge;
    }
}
