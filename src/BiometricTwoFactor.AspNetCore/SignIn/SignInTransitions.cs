using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What sign-ins and sign-outs do to step-ups: every sign-in gets a session id that survives re-issue (protocol 1.1), a started
/// challenge goes over to the same subject signing in again in the same browser, and ends when somebody else signs in or the
/// user signs out by hand (protocol 1.5).
/// </summary>
internal sealed class SignInTransitions(
    Tenants tenants,
    StartCookie startCookie,
    BindingReader bindings,
    ChallengeWriter writer,
    AccessWindows windows,
    PartialSignIns partials,
    IStepUpStore store,
    ILogger<SignInTransitions> logger)
{
    /// <summary>A sign-in by hand, around the framework's own.</summary>
    public async Task SignInAsync(IAuthenticationService inner, HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var isReissue = false;
        var subject = tenants.Of(context).Subject(principal);
        var name = scheme ?? await DefaultSignInSchemeAsync(context).ConfigureAwait(false);
        StepUpBinding? signedIn = null;
        if (subject is { Length: > 0 } && name is not null && tenants.NameOf(context) is { } tenant)
        {
            SayWhatWasEvidenced(context, principal, subject);
            (var session, isReissue) = await SessionOfAsync(inner, context, name, principal, subject).ConfigureAwait(false);
            SignInSession.Write(properties, session, tenant);
            signedIn = new StepUpBinding { Tenant = tenant, Scheme = name, Subject = subject, SessionHash = StepUpBinding.HashSession(session) };
            await WithOrWithoutStoreAsync(() => HandOverAsync(context, signedIn)).ConfigureAwait(false);
        }

        await inner.SignInAsync(context, scheme, principal, properties).ConfigureAwait(false);
        if (signedIn is not null
            && context.Features.Get<IBiometricApprovalFeature>()?.Challenge is { Kind: ChallengeKind.SignIn, State: ChallengeState.Consumed } face
            && string.Equals(face.Binding.Subject, signedIn.Subject, StringComparison.Ordinal))
        {
            // The face of a sign-in is one for account access (protocol 2.1), of the session that it began.
            await WithOrWithoutStoreAsync(() => windows.OpenAsync(signedIn, face, context.RequestAborted).AsTask()).ConfigureAwait(false);
        }

        if (subject is { Length: > 0 })
        {
            await WithOrWithoutStoreAsync(() => partials.EndForAsync(context, tenants.NameOf(context) ?? "", subject, isReissue, context.RequestAborted)).ConfigureAwait(false);
        }
    }

    /// <summary>What ends with a session that is signed out by hand.</summary>
    public async Task BeforeSignOutAsync(HttpContext context, string? scheme)
    {
        if (await bindings.ReadAsync(context, scheme).ConfigureAwait(false) is { } binding)
        {
            StartCookie.Delete(context);
            await WithOrWithoutStoreAsync(() => EndChallengesAsync(context, binding)).ConfigureAwait(false);
            await WithOrWithoutStoreAsync(() => windows.CloseAsync(binding, context.RequestAborted).AsTask()).ConfigureAwait(false);
            await WithOrWithoutStoreAsync(() => partials.EndAsync(context, context.RequestAborted)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Who signs in or out is not kept waiting by the step-ups' database: what is left open there belongs to a sign-in session
    /// that this browser has no more, and ends by itself.
    /// </summary>
    private async Task WithOrWithoutStoreAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (StepUpStoreException failure)
        {
            Log.SignedWithoutStore(logger, failure);
        }
    }

    private async Task EndChallengesAsync(HttpContext context, StepUpBinding binding)
    {
        foreach (var challenge in await store.ListOpenAsync(binding.Tenant, binding.Subject, context.RequestAborted).ConfigureAwait(false))
        {
            if (challenge.Binding == binding)
            {
                await writer.EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.GivenUp, context.RequestAborted).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The request that used up the approval of a sign-in is the one whose cookie says so.</summary>
    private void SayWhatWasEvidenced(HttpContext context, ClaimsPrincipal principal, string subject)
    {
        if (context.Features.Get<IBiometricApprovalFeature>()?.Challenge is { Kind: ChallengeKind.SignIn, State: ChallengeState.Consumed } consumed
            && string.Equals(consumed.Binding.Subject, subject, StringComparison.Ordinal))
        {
            SignInClaims.SetApproved(principal, consumed, tenants.Of(context).Acr);
        }
    }

    /// <summary>The same person re-issuing the ticket keeps the session; everything else starts a new one.</summary>
    private async Task<(string Id, bool IsReissue)> SessionOfAsync(IAuthenticationService inner, HttpContext context, string scheme, ClaimsPrincipal principal, string subject)
    {
        var present = await inner.AuthenticateAsync(context, scheme).ConfigureAwait(false);
        var kept = present is { Succeeded: true, Properties: { } ofTicket } && tenants.IsOf(context, ofTicket)
            && string.Equals(tenants.Of(context).Subject(present.Principal), subject, StringComparison.Ordinal)
            ? SignInSession.Read(present.Principal, present.Properties)
            : null;
        if (SignInSession.Read(principal, properties: null) is { } claim)
        {
            return (claim, string.Equals(claim, kept, StringComparison.Ordinal));
        }

        if (kept is not null)
        {
            return (kept, true);
        }

        // Properties that the application copied from another ticket must not carry that ticket's session over.
        return (ChallengeIds.New(), false);
    }

    private async Task HandOverAsync(HttpContext context, StepUpBinding binding)
    {
        if (startCookie.Read(context) is not { } started
            || await store.FindAsync(started.ChallengeId, context.RequestAborted).ConfigureAwait(false) is not { IsOpen: true } challenge
            || challenge.Binding == binding
            // A ticket on the way, such as an external provider's, names its own ids: it is neither this person nor another.
            || !string.Equals(challenge.Binding.Scheme, binding.Scheme, StringComparison.Ordinal))
        {
            return;
        }

        if (string.Equals(started.Tenant, binding.Tenant, StringComparison.Ordinal)
            && string.Equals(started.Subject, binding.Subject, StringComparison.Ordinal)
            && string.Equals(challenge.Binding.Subject, binding.Subject, StringComparison.Ordinal))
        {
            await writer.ChangeAsync(challenge, current => BindingTakeOver.IsToBeHad(current) ? current with { Binding = binding } : null, context.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            await writer.EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.GivenUp, context.RequestAborted).ConfigureAwait(false);
            StartCookie.Delete(context);
        }
    }

    private static async Task<string?> DefaultSignInSchemeAsync(HttpContext context)
    {
        var schemes = context.RequestServices.GetService(typeof(IAuthenticationSchemeProvider)) as IAuthenticationSchemeProvider;
        return schemes is null ? null : (await schemes.GetDefaultSignInSchemeAsync().ConfigureAwait(false))?.Name;
    }
}
