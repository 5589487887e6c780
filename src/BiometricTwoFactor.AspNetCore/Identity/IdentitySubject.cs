using Microsoft.AspNetCore.Identity;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The subject of one of Identity's users: read from the very principal that Identity would sign in, so that the face is
/// asked of, and compared with, whom the application's cookie names afterwards.
/// </summary>
internal sealed class IdentitySubject<TUser>(IUserClaimsPrincipalFactory<TUser> principals, Tenants tenants)
    where TUser : class
{
    public async Task<string?> OfAsync(TUser user) =>
        tenants.Of(tenants.Present()).Subject(await principals.CreateAsync(user).ConfigureAwait(false)) is { Length: > 0 } subject ? subject : null;
}
