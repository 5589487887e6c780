using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the face as an authentication scheme.</summary>
public static class BiometricAuthenticationExtensions
{
    /// <summary>
    /// Adds the scheme <see cref="BiometricDefaults.AuthenticationScheme"/>: the second factor of a sign-in, the step-up of a
    /// policy that lists it (<c>new AuthorizationPolicyBuilder("Biometric").RequireAuthenticatedUser()</c>), and whatever asks
    /// for it by <c>ChallengeAsync</c>. It needs <c>services.AddBiometricStepUp(...)</c> and <c>app.MapBiometric()</c>.
    /// </summary>
    /// <param name="builder">The application's authentication.</param>
    public static AuthenticationBuilder AddBiometric(this AuthenticationBuilder builder) =>
        builder.AddBiometric(BiometricDefaults.AuthenticationScheme, _ => { });

    /// <summary>Adds the scheme with options.</summary>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="configure">Sets the options.</param>
    public static AuthenticationBuilder AddBiometric(this AuthenticationBuilder builder, Action<BiometricAuthenticationOptions> configure) =>
        builder.AddBiometric(BiometricDefaults.AuthenticationScheme, configure);

    /// <summary>Adds the scheme under a name of its own.</summary>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="authenticationScheme">The scheme's name.</param>
    /// <param name="configure">Sets the options.</param>
    public static AuthenticationBuilder AddBiometric(
        this AuthenticationBuilder builder, string authenticationScheme, Action<BiometricAuthenticationOptions> configure) =>
        builder.AddBiometric(authenticationScheme, displayName: null, configure);

    /// <summary>Adds the scheme under a name and a display name of its own.</summary>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="authenticationScheme">The scheme's name.</param>
    /// <param name="displayName">The display name; null keeps it off pages that list external providers.</param>
    /// <param name="configure">Sets the options.</param>
    public static AuthenticationBuilder AddBiometric(
        this AuthenticationBuilder builder, string authenticationScheme, string? displayName, Action<BiometricAuthenticationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(authenticationScheme);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<BiometricAuthenticationOptions>, BiometricAuthenticationPostConfigure>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, BiometricSchemeCheck>());
        return builder.AddScheme<BiometricAuthenticationOptions, BiometricAuthenticationHandler>(authenticationScheme, displayName, configure);
    }
}
