using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A face that was approved and used, before anything follows from it.</summary>
public sealed class BiometricApprovedContext : HandleRequestContext<BiometricAuthenticationOptions>
{
    internal BiometricApprovedContext(
        HttpContext context, AuthenticationScheme scheme, BiometricAuthenticationOptions options, StepUpChallenge challenge, ClaimsPrincipal? principal, string returnUrl)
        : base(context, scheme, options)
    {
        Challenge = challenge;
        Principal = principal;
        ReturnUrl = returnUrl;
    }

    /// <summary>The challenge, in the state Consumed; its kind says what it was for.</summary>
    public StepUpChallenge Challenge { get; }

    /// <summary>
    /// Who is about to be signed in, with the claims of <see cref="BiometricClaimTypes"/>; the application may add its own.
    /// Null where nobody is: for account access, and where another part of the application signs in.
    /// </summary>
    public ClaimsPrincipal? Principal { get; set; }

    /// <summary>Where the browser goes next. One that is not local is not followed.</summary>
    public string ReturnUrl { get; set; }
}
