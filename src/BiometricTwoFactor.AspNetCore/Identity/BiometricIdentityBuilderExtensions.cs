using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a face in place of the SMS code of ASP.NET Core Identity.</summary>
public static class BiometricIdentityBuilderExtensions
{
    /// <summary>The name of the two-factor provider, as <see cref="UserManager{TUser}.GetValidTwoFactorProvidersAsync"/> lists it.</summary>
    public const string ProviderName = "Biometric";

    /// <summary>
    /// Adds the face as a second factor of ASP.NET Core Identity. A user whom <c>PasswordSignInAsync</c> answers with
    /// <c>RequiresTwoFactor</c> is sent to it by <c>Challenge(properties, BiometricDefaults.AuthenticationScheme)</c> and
    /// comes back signed in by Identity itself: lockout, confirmed account and remembered device are Identity's own, and no
    /// table changes. Identity's cookie for the user between the factors lives 30 minutes from then on, since a face can take
    /// longer than its own 5.
    /// </summary>
    /// <typeparam name="TUser">The user type that Identity was added with.</typeparam>
    /// <param name="builder">The builder of <c>AddIdentity</c>, with sign-in manager and stores.</param>
    /// <exception cref="InvalidOperationException">Identity was added for another user type.</exception>
    public static IdentityBuilder AddBiometric<TUser>(this IdentityBuilder builder)
        where TUser : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.UserType != typeof(TUser))
        {
            throw new InvalidOperationException($"Identity was added for {builder.UserType.Name}: call AddBiometric<{builder.UserType.Name}>().");
        }

        builder.AddTokenProvider<BiometricTokenProvider<TUser>>(ProviderName);
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.TryAddScoped<IdentitySubject<TUser>>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ISignInFinisher, IdentitySignInFinisher<TUser>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, TwoFactorCookieLifetime>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SecurityStampValidatorOptions>, StampRefreshClaims>());
        return builder;
    }
}
