using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A challenge that was made and whose caller has not been told yet.</summary>
public sealed class BiometricChallengeContext : HandleRequestContext<BiometricAuthenticationOptions>
{
    internal BiometricChallengeContext(
        HttpContext context, AuthenticationScheme scheme, BiometricAuthenticationOptions options, AuthenticationProperties properties, StepUpChallenge challenge, string confirmUrl)
        : base(context, scheme, options)
    {
        Properties = properties;
        Challenge = challenge;
        ConfirmUrl = confirmUrl;
    }

    /// <summary>What <c>ChallengeAsync</c> was called with.</summary>
    public AuthenticationProperties Properties { get; }

    /// <summary>The challenge.</summary>
    public StepUpChallenge Challenge { get; }

    /// <summary>The local URL of its confirm page, where a browser is sent by default.</summary>
    public string ConfirmUrl { get; }
}
