using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// A challenge that ended without an approval. The causes in it are for the application's records: outward, every biometric
/// cause of a refusal is one and the same (protocol 6.9).
/// </summary>
public sealed class BiometricEndedContext : HandleRequestContext<BiometricAuthenticationOptions>
{
    internal BiometricEndedContext(HttpContext context, AuthenticationScheme scheme, BiometricAuthenticationOptions options, StepUpChallenge challenge, string redirectUrl)
        : base(context, scheme, options)
    {
        Challenge = challenge;
        RedirectUrl = redirectUrl;
    }

    /// <summary>The challenge as it ended.</summary>
    public StepUpChallenge Challenge { get; }

    /// <summary>Where the browser goes: the confirm page, unless the application says another local URL. One that is not local is not followed.</summary>
    public string RedirectUrl { get; set; }
}
