using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Reads who is at the other end of a request (protocol 1.1). No binding means: nothing is asked and nothing is given.</summary>
internal sealed class BindingReader(
    IOptionsMonitor<BiometricStepUpOptions> options,
    IAuthenticationSchemeProvider schemes,
    PreSignIn preSignIn)
{
    /// <summary>The binding of the present caller, by the given scheme or by the one that authenticated the request.</summary>
    /// <remarks>A partial sign-in is found only by its own name, so that no endpoint takes it for somebody who is signed in.</remarks>
    public async Task<StepUpBinding?> ReadAsync(HttpContext context, string? scheme = null)
    {
        if (string.Equals(scheme, PreSignIn.Scheme, StringComparison.Ordinal))
        {
            return preSignIn.Read(context);
        }

        foreach (var name in scheme is null ? await PresentSchemesAsync(context).ConfigureAwait(false) : [scheme])
        {
            // Asked anew, and answered from the handler's memory: a policy that merges schemes drops the ticket's properties.
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is not null
                && await context.AuthenticateAsync(name).ConfigureAwait(false) is { Succeeded: true } result)
            {
                return await FromTicketAsync(context, result.Ticket).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>True when the caller names a token; decides the form of an answer, never what is allowed.</summary>
    public static bool ShowsToken(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// True when the caller was recognised by a token instead of a cookie: no browser adds it by itself, so that cross-site
    /// requests lack it. Who shows both was recognised by the cookie, and is a cookie caller.
    /// </summary>
    public async Task<bool> IsTokenCallerAsync(HttpContext context)
    {
        if (!ShowsToken(context))
        {
            return false;
        }

        var isRecognised = false;
        foreach (var name in await PresentSchemesAsync(context).ConfigureAwait(false))
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

    private async Task<StepUpBinding?> FromTicketAsync(HttpContext context, AuthenticationTicket ticket)
    {
        var subject = options.CurrentValue.Subject(ticket.Principal);
        if (string.IsNullOrEmpty(subject))
        {
            return null;
        }

        var session = SignInSession.Read(ticket.Principal, ticket.Properties);
        if (session is null && !await IsCookieAsync(ticket.AuthenticationScheme).ConfigureAwait(false))
        {
            session = TokenSession(context, ticket.Principal);
        }

        return session is null
            ? null
            : new StepUpBinding
            {
                Scheme = ticket.AuthenticationScheme,
                Subject = subject,
                SessionHash = StepUpBinding.HashSession(session),
            };
    }

    /// <summary>For tokens: the key it is bound to, else the token itself, so that a refreshed one starts anew.</summary>
    private static string? TokenSession(HttpContext context, ClaimsPrincipal principal)
    {
        if (!ShowsToken(context))
        {
            return null;
        }

        var client = principal.FindFirstValue("client_id") ?? principal.FindFirstValue("azp") ?? "";
        return principal.FindFirstValue("cnf") is { Length: > 0 } key
            ? $"cnf\n{client}\n{key}"
            : $"token\n{client}\n{context.Request.Headers.Authorization[0]}";
    }
}
