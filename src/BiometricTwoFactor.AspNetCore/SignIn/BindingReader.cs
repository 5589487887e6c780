using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Reads who is at the other end of a request (protocol 1.1). No binding means: nothing is asked and nothing is given.</summary>
internal sealed class BindingReader(
    Tenants tenants,
    IAuthenticationSchemeProvider schemes,
    PreSignIn preSignIn)
{
    /// <summary>The binding of the present caller, by the given scheme or by the one that authenticated the request.</summary>
    /// <remarks>A partial sign-in is found only by its own name, so that no endpoint takes it for somebody who is signed in.</remarks>
    public async Task<StepUpBinding?> ReadAsync(HttpContext context, string? scheme = null)
    {
        if (tenants.NameOf(context) is not { } tenant)
        {
            return null;
        }

        if (string.Equals(scheme, PreSignIn.Scheme, StringComparison.Ordinal))
        {
            return preSignIn.Read(context);
        }

        AuthenticationTicket? first = null;
        foreach (var name in scheme is null ? await PresentSchemesAsync(context).ConfigureAwait(false) : [scheme])
        {
            // Asked anew, and answered from the handler's memory: a policy that merges schemes drops the ticket's properties.
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is null
                || await context.AuthenticateAsync(name).ConfigureAwait(false) is not { Succeeded: true, Ticket: var ticket })
            {
                continue;
            }

            first ??= ticket;
            if (!IsSamePerson(tenant, first, ticket))
            {
                // The endpoint acts for whichever of them it looks at first, and the face would be the other one's.
                return null;
            }
        }

        return first is null ? null : await FromTicketAsync(context, tenant, first).ConfigureAwait(false);
    }

    /// <summary>True when the caller names a token; decides the form of an answer, never what is allowed.</summary>
    public static bool ShowsToken(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header]
        && (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || header.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// True when the caller was recognised by a token instead of a cookie: no browser adds it by itself, so that cross-site
    /// requests lack it. Who shows both was recognised by the cookie, and is a cookie caller.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The one that has to recognise the token; by itself, those that authenticated the request.</param>
    public async Task<bool> IsTokenCallerAsync(HttpContext context, string? scheme = null)
    {
        if (!ShowsToken(context))
        {
            return false;
        }

        var isRecognised = false;
        foreach (var name in scheme is null ? await PresentSchemesAsync(context).ConfigureAwait(false) : [scheme])
        {
            // A scheme that stands for another (a policy scheme, ours) is what it stands for.
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is not null
                && await context.AuthenticateAsync(name).ConfigureAwait(false) is { Succeeded: true, Ticket: var ticket })
            {
                if (await IsCookieAsync(ticket.AuthenticationScheme).ConfigureAwait(false))
                {
                    return false;
                }

                isRecognised = true;
            }
        }

        return isRecognised;
    }

    private async Task<string[]> PresentSchemesAsync(HttpContext context)
    {
        var ticket = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket;
        if (ticket is not null)
        {
            return ticket.AuthenticationScheme.Split(';');
        }

        return await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is { } scheme ? [scheme.Name] : [];
    }

    private async Task<bool> IsCookieAsync(string scheme) =>
        typeof(CookieAuthenticationHandler).IsAssignableFrom((await schemes.GetSchemeAsync(scheme).ConfigureAwait(false))?.HandlerType);

    private bool IsSamePerson(string tenant, AuthenticationTicket one, AuthenticationTicket other) =>
        // Who names nobody, such as a key of a machine, adds no other person.
        tenants.Of(tenant).Subject(other.Principal) is not { Length: > 0 } subject
        || string.Equals(tenants.Of(tenant).Subject(one.Principal), subject, StringComparison.Ordinal);

    private async Task<StepUpBinding?> FromTicketAsync(HttpContext context, string tenant, AuthenticationTicket ticket)
    {
        // One application's cookies open at all its tenants: what one of them issued names nobody at another.
        if (!tenants.IsOf(context, ticket.Properties) && await IsCookieAsync(ticket.AuthenticationScheme).ConfigureAwait(false))
        {
            return null;
        }

        var subject = tenants.Of(tenant).Subject(ticket.Principal);
        if (string.IsNullOrEmpty(subject))
        {
            return null;
        }

        var session = SignInSession.Read(ticket.Principal, ticket.Properties);
        var claimed = SignInSession.Read(ticket.Principal, properties: null);
        // The id that we gave at a sign-in is no other client's.
        if ((claimed is not null || session is null) && ShowsToken(context) && !await IsCookieAsync(ticket.AuthenticationScheme).ConfigureAwait(false))
        {
            session = TokenSession(context, ticket.Principal, claimed);
        }

        return session is null
            ? null
            : new StepUpBinding
            {
                Tenant = tenant,
                Scheme = ticket.AuthenticationScheme,
                Subject = subject,
                SessionHash = StepUpBinding.HashSession(session),
            };
    }

    /// <summary>
    /// For tokens: client and session, or the key it is bound to, else the token itself, so that a refreshed one starts anew.
    /// The client is always part of it: a session at the identity provider is shared by all that it signed the person in to.
    /// </summary>
    private static string TokenSession(HttpContext context, ClaimsPrincipal principal, string? session)
    {
        var client = principal.FindFirstValue("client_id") ?? principal.FindFirstValue("azp") ?? principal.FindFirstValue("appid") ?? "";
        return session is not null ? $"sid\n{client}\n{session}"
            : principal.FindFirstValue("cnf") is { Length: > 0 } key ? $"cnf\n{client}\n{key}"
            : $"token\n{client}\n{context.Request.Headers.Authorization[0]}";
    }
}
