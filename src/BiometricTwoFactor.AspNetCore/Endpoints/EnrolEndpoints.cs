using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Where a person without a face on file begins (protocol 8.1): by identity proofing, never by a password alone.</summary>
internal sealed class EnrolEndpoints(
    StepUpService service,
    BindingReader bindings,
    ChallengeAccess access,
    StepUpPages pages,
    Problems problems,
    BiometricRoutes routes,
    IOptionsMonitor<BiometricStepUpOptions> options)
{
    public async Task ShowAsync(HttpContext context)
    {
        if (await bindings.ReadAsync(context).ConfigureAwait(false) is null)
        {
            await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
            return;
        }

        await pages.WriteEnrolAsync(context, ReturnUrl(context.Request.Query["returnUrl"]), CanEnrol()).ConfigureAwait(false);
    }

    public async Task BeginAsync(HttpContext context)
    {
        if (!await access.IsOwnPostAsync(context).ConfigureAwait(false) || !context.Request.HasFormContentType || !CanEnrol())
        {
            await problems.WriteAsync(context, Problem.CrossSite, api: false).ConfigureAwait(false);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var outcome = await service.EnrolAsync(context, ReturnUrl(form["returnUrl"]), EnrolmentBasis.IdentityProofing, context.RequestAborted).ConfigureAwait(false);
        switch (outcome)
        {
            case { Challenge: { } challenge }:
                StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
                return;
            case { Refusal: ChallengeRefusal.NotSignedIn }:
                await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
                return;
            default:
                await problems.WriteAsync(context, outcome.Refusal == ChallengeRefusal.Blocked ? Problems.OfBlock(outcome.RetryAfter) : Problem.TooMany, api: false).ConfigureAwait(false);
                return;
        }
    }

    private bool CanEnrol() => !string.IsNullOrWhiteSpace(options.CurrentValue.Workflows.Enrolment.Id);

    private static string ReturnUrl(Microsoft.Extensions.Primitives.StringValues values) =>
        values is [{ } url] && LocalUrl.IsSafe(url) ? url : "/";
}
