using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Reads who is at the other end of a request (protocol 1.1). No binding means: nothing is asked and nothing is given.</summary>
internal sealed class BindingReader(
    IOptionsMonitor<BiometricStepUpOptions> options,
    IAuthenticationSchemeProvider schemes)
{
    /// <summary>The binding of the present caller, by the given scheme or by the one that authenticated the request.</summary>
    public async Task<StepUpBinding?> ReadAsync(HttpContext context, string? scheme = null)
    {
        var result = scheme is null && context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is { Succeeded: true } present
            ? present
            : await AuthenticateAsync(context, scheme).ConfigureAwait(false);
        return result is { Succeeded: true } ? FromTicket(context, result) : null;
    }

    /// <summary>True when the caller shows a token instead of a cookie: no browser adds it by itself, so that cross-site requests lack it.</summary>
    public static bool IsTokenCaller(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private async Task<AuthenticateResult?> AuthenticateAsync(HttpContext context, string? scheme)
    {
        var name = scheme ?? (await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false))?.Name;
        return name is null || await schemes.GetSchemeAsync(name).ConfigureAwait(false) is null
            ? null
            : await context.AuthenticateAsync(name).ConfigureAwait(false);
    }

    private StepUpBinding? FromTicket(HttpContext context, AuthenticateResult result)
    {
        var ticket = result.Ticket!;
        var subject = options.CurrentValue.Subject(ticket.Principal);
        if (string.IsNullOrEmpty(subject))
        {
            return null;
        }

        var session = SignInSession.Read(ticket.Principal, ticket.Properties) ?? TokenSession(context, ticket.Principal);
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
        if (!IsTokenCaller(context))
        {
            return null;
        }

        var client = principal.FindFirstValue("client_id") ?? principal.FindFirstValue("azp") ?? "";
        return principal.FindFirstValue("cnf") is { Length: > 0 } key
            ? $"cnf\n{client}\n{key}"
            : $"token\n{client}\n{context.Request.Headers.Authorization[0]}";
    }
}
