using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The asking browser's side of a hand-over: choose another device, come back to this one, and what to show meanwhile. By binding, like every route with an id.</summary>
internal sealed class HandOverEndpoints(
    ChallengeAccess access,
    HandOvers handOvers,
    HandOverLinks links,
    StartCookie startCookie,
    StartingDevice askingDevice,
    DeviceRecognition devices,
    Problems problems,
    BiometricRoutes routes)
{
    public async Task OfferAsync(HttpContext context)
    {
        if (await access.FindForPostAsync(context, problems, BindingReader.ShowsToken(context)).ConfigureAwait(false) is not { } challenge)
        {
            return;
        }

        if (handOvers.CanBeChosen(challenge))
        {
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false) : null;
            var askedOn = await askingDevice.ReadAsync(context, challenge).ConfigureAwait(false);
            challenge = await handOvers.OfferAsync(challenge, askedOn, form?[StepUpPages.RememberField] is ["true"], context.RequestAborted).ConfigureAwait(false);
        }

        if (challenge.HandOver is not null && !BindingReader.ShowsToken(context))
        {
            // The capture is as long as any, and an idle sign-out during it as likely (protocol 1.5).
            startCookie.Set(context, challenge);
            await devices.MarkAsync(context).ConfigureAwait(false);
        }

        await AnswerAsync(context, challenge).ConfigureAwait(false);
    }

    public async Task TakeBackAsync(HttpContext context)
    {
        if (await access.FindForPostAsync(context, problems, BindingReader.ShowsToken(context)).ConfigureAwait(false) is { } challenge)
        {
            await AnswerAsync(context, await handOvers.TakeBackAsync(challenge, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <summary>The link and the digits as JSON, for a page of the application's own.</summary>
    public async Task StateAsync(HttpContext context)
    {
        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        if (challenge is null || challenge.Binding != caller || StepOf(challenge) is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await WriteStateAsync(context, challenge).ConfigureAwait(false);
    }

    public async Task PictureAsync(HttpContext context)
    {
        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        if (challenge is null || challenge.Binding != caller || links.Of(context, challenge) is not { } shown)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        headers.XContentTypeOptions = "nosniff";
        // Opened by itself a picture of this kind is a document: it runs and loads nothing.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
        context.Response.ContentType = "image/svg+xml; charset=utf-8";
        await context.Response.WriteAsync(QrPicture.Svg(shown.Link), context.RequestAborted).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, StepUpChallenge challenge)
    {
        if (!BindingReader.ShowsToken(context))
        {
            StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
        }
        else if (StepOf(challenge) is null)
        {
            await problems.WriteAsync(context, Problem.NotFound, api: true).ConfigureAwait(false);
        }
        else
        {
            await WriteStateAsync(context, challenge).ConfigureAwait(false);
        }
    }

    private Task WriteStateAsync(HttpContext context, StepUpChallenge challenge)
    {
        var shown = links.Of(context, challenge);
        return Json.WriteAsync(context, StatusCodes.Status200OK, new HandOverJson(
            StepOf(challenge)!, shown?.Link, shown?.Digits, shown is null ? null : HandOverLinks.PictureOf(routes, context, challenge), challenge.Deadline));
    }

    private string? StepOf(StepUpChallenge challenge) =>
        HandOverStep.Of(challenge) ?? (handOvers.CanBeChosen(challenge) ? HandOverStep.Possible : null);
}
