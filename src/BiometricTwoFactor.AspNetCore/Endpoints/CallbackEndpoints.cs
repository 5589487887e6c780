using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The way back from the provider (protocol 5): a page that changes nothing, a fresh antiforgery token, and the claim.</summary>
internal sealed class CallbackEndpoints(
    ClaimService claims,
    ChallengeAccess access,
    BindingReader bindings,
    StartCookie startCookie,
    HandedCookie handedCookie,
    BindingTakeOver takeOver,
    StepUpPages pages,
    IAntiforgery antiforgery,
    BiometricRoutes routes,
    NextStep nextStep,
    Tenants tenants)
{
    /// <summary>The provider's query (<c>status</c> and the rest) is not even read: anybody can write it.</summary>
    public Task ShowAsync(HttpContext context)
    {
        // What traces wrote down at the request's start: the path with its code (protocol 5.1).
        Activity.Current?.SetTag("url.path", routes.Local(context, "/callback/***"));
        if (!tenants.Knows(context.Request.RouteValues["tenant"] as string ?? Tenants.Only))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return pages.WriteCallbackAsync(context);
    }

    /// <summary>
    /// A token for the page's own script. On the provider's cross-site redirect the SameSite cookies were missing, so that a
    /// token made then would belong to nobody; on this same-origin request they are there.
    /// </summary>
    public Task TokenAsync(HttpContext context)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return Json.WriteAsync(context, StatusCodes.Status200OK, new TokenJson(tokens.FormFieldName, tokens.RequestToken!));
    }

    public async Task ClaimAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false) : null;
        var code = form?["code"] is [{ } one] ? one : "";
        if (form is null || !await access.IsOwnPostAsync(context, code).ConfigureAwait(false))
        {
            await Json.WriteAsync(context, StatusCodes.Status400BadRequest, new ClaimJson("not-accepted", Next: null)).ConfigureAwait(false);
            return;
        }

        var result = await claims.ClaimAsync(
            code,
            scheme => bindings.ReadAsync(context, scheme),
            (challenge, caller) => takeOver.TryAsync(context, challenge, caller),
            challenge => startCookie.Names(context, challenge),
            challenge => handedCookie.Read(context) is { } cookie && cookie.Opens(challenge),
            context.RequestAborted).ConfigureAwait(false);

        var (status, body) = result.Outcome switch
        {
            // Done there, and nothing more: approval, way back and original request are the asking browser's (protocol 4.2).
            ClaimOutcome.Claimed when result.Challenge!.HandOver is not null => (StatusCodes.Status200OK, new ClaimJson("handed-over", routes.Local(context, "/device"))),
            ClaimOutcome.Claimed => (StatusCodes.Status200OK, new ClaimJson(OutwardState.Of(result.Challenge!), nextStep.Of(context, result.Challenge!) ?? routes.Confirm(context, result.Challenge!.Id))),
            ClaimOutcome.Waiting => (StatusCodes.Status202Accepted, new ClaimJson(OutwardState.Pending, Next: null)),
            ClaimOutcome.SignInAgain => (StatusCodes.Status401Unauthorized, new ClaimJson("sign-in", routes.Confirm(context, result.Challenge!.Id))),
            // The same outward for a code that never was and for one that has just ended its challenge.
            _ => (StatusCodes.Status404NotFound, new ClaimJson("not-found", Next: null)),
        };
        await Json.WriteAsync(context, status, body).ConfigureAwait(false);
    }
}
