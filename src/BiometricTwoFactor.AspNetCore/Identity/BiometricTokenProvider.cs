using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Identity's view of the face. There is no code that could be typed: the "token" is the challenge's id, and it is valid only
/// within the one request that has just used up the approval of exactly that challenge, for exactly that user.
/// </summary>
internal sealed class BiometricTokenProvider<TUser>(IHttpContextAccessor contexts) : IUserTwoFactorTokenProvider<TUser>
    where TUser : class
{
    private const string TwoFactorPurpose = "TwoFactor";

    /// <summary>Nothing is made or sent.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<TUser> manager, TUser user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<TUser> manager, TUser user)
    {
        if (!string.Equals(purpose, TwoFactorPurpose, StringComparison.Ordinal)
            || contexts.HttpContext is not { } context
            || context.Features.Get<IBiometricApprovalFeature>()?.Challenge is not { Kind: ChallengeKind.SignIn, State: ChallengeState.Consumed } consumed
            || !string.Equals(token, consumed.Id, StringComparison.Ordinal))
        {
            return false;
        }

        // Not injected: it needs the user manager, whose constructor makes this provider.
        var subjects = context.RequestServices.GetRequiredService<IdentitySubject<TUser>>();
        return string.Equals(await subjects.OfAsync(user).ConfigureAwait(false), consumed.Binding.Subject, StringComparison.Ordinal);
    }

    /// <summary>
    /// True for everybody: Identity lets a user with the two-factor mark in by the password alone when no provider says so,
    /// and who has no face yet is led to the enrolment.
    /// </summary>
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<TUser> manager, TUser user) => Task.FromResult(true);
}
