using Microsoft.AspNetCore.Authentication;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What an application may say with <c>ChallengeAsync(BiometricDefaults.AuthenticationScheme, properties)</c>.
/// <see cref="AuthenticationProperties.RedirectUri"/> is where the browser goes afterwards: a local path; anything else is
/// not followed and the start page takes its place. <see cref="AuthenticationProperties.IsPersistent"/> counts for a
/// sign-in.
/// </summary>
public sealed class BiometricChallengeProperties : AuthenticationProperties
{
    internal const string TitleKey = "title";

    /// <summary>What the confirm page calls it, such as <c>Open your statements</c>. Null shows the reason's own words.</summary>
    public string? Title
    {
        get => GetParameter<string>(TitleKey);
        set => SetParameter(TitleKey, value);
    }
}
