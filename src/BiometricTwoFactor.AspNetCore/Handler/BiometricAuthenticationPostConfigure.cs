using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Fills in what the application left open, from its authentication and from the prefix of <c>MapBiometric</c>.</summary>
internal sealed class BiometricAuthenticationPostConfigure(
    IOptions<AuthenticationOptions> authentication, IServiceProvider services) : IPostConfigureOptions<BiometricAuthenticationOptions>
{
    public void PostConfigure(string? name, BiometricAuthenticationOptions options)
    {
        if (string.IsNullOrEmpty(options.SignInScheme))
        {
            options.SignInScheme = ApplicationsOwn(authentication.Value);
            options.IsSignInSchemeAssumed = true;
        }

        // Absent where AddBiometricStepUp was not called, which the start-up check says.
        if (services.GetService<BiometricRoutes>()?.Prefix is { } prefix && options.CallbackPath == BiometricDefaults.CallbackPath)
        {
            options.CallbackPath = prefix + "/complete";
        }
    }

    /// <summary>
    /// The application's session. Not simply the default sign-in scheme: in ASP.NET Core Identity that is the cookie of
    /// external logins, which nobody is signed in by. A policy scheme only points to another.
    /// </summary>
    private static string? ApplicationsOwn(AuthenticationOptions options)
    {
        string?[] candidates = [options.DefaultAuthenticateScheme, options.DefaultScheme, options.DefaultSignInScheme];
        return Array.Find(
            candidates,
            candidate => candidate is not null
                && options.SchemeMap.TryGetValue(candidate, out var scheme)
                && typeof(IAuthenticationSignInHandler).IsAssignableFrom(scheme.HandlerType)
                && !typeof(PolicySchemeHandler).IsAssignableFrom(scheme.HandlerType));
    }
}
