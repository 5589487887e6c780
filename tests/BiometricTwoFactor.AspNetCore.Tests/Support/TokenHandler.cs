using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// Tokens of the form <c>user.anything</c>: enough to be a token caller. What stands behind the point in the form
/// <c>claim=value</c>, parted by semicolons, is said of the caller too.
/// </summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Split(' ') is not ["Bearer" or "DPoP", var token] || token.Split('.') is not [var user, var rest])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var said = rest.Split(';').Select(part => part.Split('=')).Where(part => part.Length == 2).Select(part => new Claim(part[0], part[1]));
        var identity = new ClaimsIdentity([new Claim("sub", user), .. said], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
