using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What was evidenced, as claims of this one request (protocol 2.1: one face, one purpose). They are added to a new
/// principal: the one of the ticket may be written into a cookie again.
/// </summary>
internal static class RequestIdentity
{
    /// <summary>The present principal with one more identity. It says how, never who: it is not authenticated by itself.</summary>
    public static ClaimsPrincipal With(ClaimsPrincipal session, FactorEvidence evidence, BiometricStepUpOptions options)
    {
        var claims = evidence.Claims(FactorEvidence.MethodsOf(session), options.Acr);
        return new ClaimsPrincipal([.. session.Identities, new ClaimsIdentity(claims) { Label = BiometricDefaults.AuthenticationScheme }]);
    }

    /// <summary>Gives the present request that principal.</summary>
    public static void Add(HttpContext context, FactorEvidence evidence, BiometricStepUpOptions options)
    {
        var principal = With(context.User, evidence, options);
        if (context.Features.Get<IAuthenticateResultFeature>() is { AuthenticateResult.Ticket: { } ticket } feature)
        {
            // Setting the user alone would take away by which scheme the caller was recognised.
            feature.AuthenticateResult = AuthenticateResult.Success(new AuthenticationTicket(principal, ticket.Properties, ticket.AuthenticationScheme));
        }

        SetUser(context, principal);
    }

    /// <summary>Makes the request one of this ticket, where a policy that admitted nobody has left it without a user.</summary>
    public static void Set(HttpContext context, AuthenticationTicket ticket)
    {
        if (context.Features.Get<IAuthenticateResultFeature>() is { } feature)
        {
            feature.AuthenticateResult = AuthenticateResult.Success(ticket);
        }

        SetUser(context, ticket.Principal);
    }

    private static void SetUser(HttpContext context, ClaimsPrincipal principal)
    {
        // The framework's feature has set it already, and setting it again would forget the scheme.
        if (!ReferenceEquals(context.User, principal))
        {
            context.User = principal;
        }
    }
}
