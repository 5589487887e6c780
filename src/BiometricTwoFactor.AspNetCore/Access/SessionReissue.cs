using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Gives the session a new cookie after a step-up: the same person, the same <c>sid</c>, the same end, another value.
/// Where the application keeps its tickets in an <see cref="ITicketStore"/>, another key, and the old one is gone. What is
/// written is what the cookie held, not what the request made of it: claims of one request must not become lasting ones.
/// </summary>
internal sealed class SessionReissue(
    IAuthenticationSchemeProvider schemes,
    IOptionsMonitor<CookieAuthenticationOptions> cookies,
    Tenants tenants)
{
    /// <summary>The claim by which the framework's cookie names the key of a ticket store.</summary>
    private const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    /// <summary>Does nothing for callers without a cookie, and once the response is on its way.</summary>
    public async Task ReissueAsync(HttpContext context, StepUpBinding binding)
    {
        if (context.Response.HasStarted
            || !typeof(CookieAuthenticationHandler).IsAssignableFrom((await schemes.GetSchemeAsync(binding.Scheme).ConfigureAwait(false))?.HandlerType))
        {
            return;
        }

        var cookie = cookies.Get(binding.Scheme);
        var (ticket, key) = await ReadAsync(context, cookie).ConfigureAwait(false);
        if (ticket is null || !Belongs(ticket, binding))
        {
            return;
        }

        // Times that are given are kept by the framework: the session ends when it would have ended.
        await context.SignInAsync(binding.Scheme, ticket.Principal, ticket.Properties).ConfigureAwait(false);
        if (cookie.SessionStore is { } tickets && key is not null)
        {
            await MoveAsync(context, cookie, tickets, key, ticket).ConfigureAwait(false);
        }
    }

    private bool Belongs(AuthenticationTicket ticket, StepUpBinding binding) =>
        string.Equals(tenants.Of(binding.Tenant).Subject(ticket.Principal), binding.Subject, StringComparison.Ordinal)
        && SignInSession.Read(ticket.Principal, ticket.Properties) is { } session
        && string.Equals(StepUpBinding.HashSession(session), binding.SessionHash, StringComparison.Ordinal);

    private static async Task<(AuthenticationTicket? Ticket, string? Key)> ReadAsync(HttpContext context, CookieAuthenticationOptions cookie)
    {
        if (cookie.CookieManager.GetRequestCookie(context, cookie.Cookie.Name!) is not { Length: > 0 } value
            || cookie.TicketDataFormat.Unprotect(value, TokenBinding(context)) is not { } ticket)
        {
            return default;
        }

        if (cookie.SessionStore is not { } tickets)
        {
            return (ticket, null);
        }

        var key = ticket.Principal.FindFirstValue(KeyClaim);
        return key is null ? default : (await tickets.RetrieveAsync(key, context, context.RequestAborted).ConfigureAwait(false), key);
    }

    /// <summary>The framework renews a ticket under the key that it has: so store it anew, name the new key in the cookie, and only then take the old one away.</summary>
    private static async Task MoveAsync(HttpContext context, CookieAuthenticationOptions cookie, ITicketStore tickets, string key, AuthenticationTicket ticket)
    {
        var renewed = await tickets.RetrieveAsync(key, context, context.RequestAborted).ConfigureAwait(false) ?? ticket;
        var newKey = await tickets.StoreAsync(renewed, context, context.RequestAborted).ConfigureAwait(false);
        var identity = new ClaimsIdentity([new Claim(KeyClaim, newKey, ClaimValueTypes.String, cookie.ClaimsIssuer)], cookie.ClaimsIssuer);
        var carrier = new AuthenticationTicket(new ClaimsPrincipal(identity), properties: null, renewed.AuthenticationScheme);

        var prefix = cookie.Cookie.Name + "=";
        context.Response.Headers.SetCookie = context.Response.Headers.SetCookie.Where(set => set?.StartsWith(prefix, StringComparison.Ordinal) != true).ToArray();
        var settings = cookie.Cookie.Build(context);
        settings.Expires = renewed.Properties.IsPersistent ? renewed.Properties.ExpiresUtc : null;
        cookie.CookieManager.AppendResponseCookie(context, cookie.Cookie.Name!, cookie.TicketDataFormat.Protect(carrier, TokenBinding(context)), settings);
        await tickets.RemoveAsync(key, context, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What the framework binds the cookie to where the connection offers it.</summary>
    private static string? TokenBinding(HttpContext context) =>
        context.Features.Get<ITlsTokenBindingFeature>()?.GetProvidedTokenBindingId() is { } id ? Convert.ToBase64String(id) : null;
}
