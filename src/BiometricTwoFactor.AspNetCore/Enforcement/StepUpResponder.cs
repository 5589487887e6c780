using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Answers a request that lacks a face: a browser is sent to the confirm page, an API caller gets 401 with the header of
/// RFC 9470 and problem details. Which of the two is decided by the endpoint's metadata (design 6), not by guessing.
/// </summary>
internal sealed class StepUpResponder(
    FacelessChallenges challenges,
    OriginalRequests originals,
    BiometricRoutes routes,
    Problems problems,
    ILogger<StepUpResponder> logger)
{
    public async Task RespondAsync(HttpContext context, PendingStepUp pending)
    {
        switch (pending.Cause)
        {
            case PendingCause.NoBinding:
                Log.NoBinding(logger);
                await context.ChallengeAsync().ConfigureAwait(false);
                return;
            case PendingCause.CrossSite:
                await problems.WriteAsync(context, Problem.CrossSite, IsApi(context)).ConfigureAwait(false);
                return;
            case PendingCause.AlreadyUsed:
                await problems.WriteAsync(context, Problem.AlreadyUsed, IsApi(context)).ConfigureAwait(false);
                return;
            case PendingCause.Changed:
                await problems.WriteAsync(context, Problem.Changed, IsApi(context)).ConfigureAwait(false);
                return;
        }

        var api = IsApi(context);
        // API callers repeat the request themselves.
        var original = api ? null : await originals.OfBrowserAsync(context).ConfigureAwait(false);
        var asker = pending.Asker!;
        var order = new ChallengeOrder(asker.Binding, ChallengeKind.StepUp, pending.Question, asker.Demand) { Device = asker.Device, Original = original };
        var outcome = await challenges.MakeAsync(order, context.RequestAborted).ConfigureAwait(false);
        if (!outcome.Succeeded(out var challenge))
        {
            await RefuseAsync(context, outcome, api, original).ConfigureAwait(false);
        }
        else if (api)
        {
            await problems.WriteChallengeAsync(context, challenge).ConfigureAwait(false);
        }
        else
        {
            SeeOther(context, routes.Confirm(context, challenge.Id));
        }
    }

    /// <summary>True when the endpoint is one that does not redirect, or the caller is one that cannot follow.</summary>
    public static bool IsApi(HttpContext context)
    {
        if (BindingReader.ShowsToken(context))
        {
            return true;
        }

        var metadata = context.GetEndpoint()?.Metadata;
        return metadata?.GetMetadata<IDisableCookieRedirectMetadata>() is not null && metadata.GetMetadata<IAllowCookieRedirectMetadata>() is null;
    }

    public static void SeeOther(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = location;
        context.Response.Headers.CacheControl = "no-store";
    }

    private async Task RefuseAsync(HttpContext context, StepUpChallengeOutcome outcome, bool api, OriginalRequest? original)
    {
        if (outcome.RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        switch (outcome.Refusal)
        {
            case ChallengeRefusal.NotEnrolled when original is not null:
                var back = HttpMethods.IsGet(original.Method) ? original.LocalUrl : OriginalRequests.LocalReferrer(context);
                SeeOther(context, routes.Enrol(context, back));
                return;
            case ChallengeRefusal.NotEnrolled:
                await problems.WriteAsync(context, Problem.NotEnrolled, api).ConfigureAwait(false);
                return;
            case ChallengeRefusal.TooMany:
                await problems.WriteAsync(context, Problem.TooMany, api).ConfigureAwait(false);
                return;
            case ChallengeRefusal.Blocked:
                await problems.WriteAsync(context, Problem.Blocked, api).ConfigureAwait(false);
                return;
            default:
                await context.ChallengeAsync().ConfigureAwait(false);
                return;
        }
    }
}
