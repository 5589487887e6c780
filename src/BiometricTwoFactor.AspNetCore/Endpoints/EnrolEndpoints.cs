using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Where a person without a face on file begins (protocol 8.1): by identity proofing, never by a password alone. Somebody in
/// the middle of a sign-in comes with the enrolment that the sign-in made, which leads back to it.
/// </summary>
internal sealed class EnrolEndpoints(
    StepUpService service,
    SignInChallenges signIns,
    IStepUpStore store,
    BindingReader bindings,
    ChallengeAccess access,
    StepUpPages pages,
    Problems problems,
    BiometricRoutes routes,
    Tenants tenants,
    TimeProvider timeProvider)
{
    public async Task ShowAsync(HttpContext context)
    {
        if (context.Request.Query[StepUpPages.SignInField] is [{ } id])
        {
            await ShowForSignInAsync(context, id).ConfigureAwait(false);
            return;
        }

        if (await CallerAsync(context).ConfigureAwait(false) is null)
        {
            await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
            return;
        }

        await pages.WriteEnrolAsync(context, ReturnUrl(context.Request.Query["returnUrl"]), CanEnrol(context)).ConfigureAwait(false);
    }

    public async Task BeginAsync(HttpContext context)
    {
        if (!await access.IsOwnPostAsync(context).ConfigureAwait(false) || !context.Request.HasFormContentType || !CanEnrol(context))
        {
            await problems.WriteAsync(context, Problem.CrossSite, api: false).ConfigureAwait(false);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (form[StepUpPages.SignInField] is [{ } id])
        {
            await BeginForSignInAsync(context, id).ConfigureAwait(false);
            return;
        }

        var returnUrl = ReturnUrl(form["returnUrl"]);
        var caller = await CallerAsync(context).ConfigureAwait(false);
        var outcome = caller?.Scheme == PreSignIn.Scheme
            ? await signIns.EnrolAsync(context, caller, returnUrl, sealedSignIn: null, factors: [], context.RequestAborted).ConfigureAwait(false)
            : await service.EnrolAsync(context, returnUrl, EnrolmentBasis.IdentityProofing, context.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(context, outcome).ConfigureAwait(false);
    }

    private async Task ShowForSignInAsync(HttpContext context, string id)
    {
        if (await bindings.ReadAsync(context, PreSignIn.Scheme).ConfigureAwait(false) is not { } caller)
        {
            await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
        }
        else if (await FindForSignInAsync(id, caller, context.RequestAborted).ConfigureAwait(false) is { } enrolment)
        {
            await pages.WriteEnrolForSignInAsync(context, enrolment).ConfigureAwait(false);
        }
        else
        {
            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
        }
    }

    private async Task BeginForSignInAsync(HttpContext context, string id)
    {
        if (await bindings.ReadAsync(context, PreSignIn.Scheme).ConfigureAwait(false) is not { } caller
            || await FindForSignInAsync(id, caller, context.RequestAborted).ConfigureAwait(false) is not { } enrolment)
        {
            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
        }
        else if (enrolment.State == ChallengeState.Consumed)
        {
            StepUpResponder.SeeOther(context, routes.ContinueSignIn(context, enrolment.Id));
        }
        else if (enrolment.IsOpen && timeProvider.GetUtcNow() < enrolment.NextDeadline)
        {
            StepUpResponder.SeeOther(context, routes.Confirm(context, enrolment.Id));
        }
        else
        {
            // Whoever looked for the passport longer than the enrolment lives begins another one, with the same sign-in behind it.
            var again = await signIns.EnrolAsync(
                context, caller, enrolment.Original.LocalUrl, enrolment.SealedSignIn, enrolment.Factors, context.RequestAborted).ConfigureAwait(false);
            await AnswerAsync(context, again).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, StepUpChallengeOutcome? outcome)
    {
        switch (outcome)
        {
            case { Challenge: { } challenge }:
                StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
                return;
            case null or { Refusal: ChallengeRefusal.NotSignedIn }:
                await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
                return;
            default:
                await problems.WriteAsync(context, outcome.Refusal == ChallengeRefusal.Blocked ? Problems.OfBlock(outcome.RetryAfter) : Problem.TooMany, api: false).ConfigureAwait(false);
                return;
        }
    }

    /// <summary>Who is signed in; else who is about to, as far as the password.</summary>
    private async Task<StepUpBinding?> CallerAsync(HttpContext context) =>
        await bindings.ReadAsync(context).ConfigureAwait(false) ?? await bindings.ReadAsync(context, PreSignIn.Scheme).ConfigureAwait(false);

    private async Task<StepUpChallenge?> FindForSignInAsync(string id, StepUpBinding caller, CancellationToken cancellationToken) =>
        ChallengeIds.HasShape(id)
        && await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { Kind: ChallengeKind.Enrolment, SealedSignIn: not null } enrolment
        && enrolment.Binding == caller
            ? enrolment
            : null;

    private bool CanEnrol(HttpContext context) => !string.IsNullOrWhiteSpace(tenants.Of(context).Workflows.Enrolment.Id);

    private static string ReturnUrl(StringValues values) =>
        values is [{ } url] && LocalUrl.IsSafe(url) ? url : "/";
}
