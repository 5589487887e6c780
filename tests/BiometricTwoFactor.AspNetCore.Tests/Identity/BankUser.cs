using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A user as an application of ASP.NET Core Identity has them before it ever heard of a face.</summary>
internal sealed class BankUser
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public string? PasswordHash { get; set; }

    public string? SecurityStamp { get; set; }

    public string? Phone { get; set; }

    public bool TwoFactor { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public int Failed { get; set; }
}

/// <summary>The smallest store that has a password, a phone, a security stamp, lockout and the two-factor mark.</summary>
internal sealed class BankUsers : IUserPasswordStore<BankUser>, IUserTwoFactorStore<BankUser>, IUserLockoutStore<BankUser>, IUserSecurityStampStore<BankUser>, IUserPhoneNumberStore<BankUser>
{
    private readonly ConcurrentDictionary<string, BankUser> _users = new(StringComparer.Ordinal);

    public Task<IdentityResult> CreateAsync(BankUser user, CancellationToken cancellationToken)
    {
        _users[user.Id] = user;
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<IdentityResult> UpdateAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task<IdentityResult> DeleteAsync(BankUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BankUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(_users.GetValueOrDefault(userId));

    public Task<BankUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(_users.Values.FirstOrDefault(user => string.Equals(user.Name, normalizedUserName, StringComparison.OrdinalIgnoreCase)));

    public Task<string> GetUserIdAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name.ToUpperInvariant());

    public Task SetUserNameAsync(BankUser user, string? userName, CancellationToken cancellationToken) => Set(() => user.Name = userName!);

    public Task SetNormalizedUserNameAsync(BankUser user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetPasswordHashAsync(BankUser user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task<bool> GetTwoFactorEnabledAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactor);

    public Task SetTwoFactorEnabledAsync(BankUser user, bool enabled, CancellationToken cancellationToken) => Set(() => user.TwoFactor = enabled);

    public Task<int> GetAccessFailedCountAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.Failed);

    public Task<int> IncrementAccessFailedCountAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(++user.Failed);

    public Task ResetAccessFailedCountAsync(BankUser user, CancellationToken cancellationToken) => Set(() => user.Failed = 0);

    public Task<bool> GetLockoutEnabledAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(BankUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(BankUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockedUntil = lockoutEnd);

    public Task<string?> GetSecurityStampAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.SecurityStamp);

    public Task SetSecurityStampAsync(BankUser user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetPhoneNumberAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.Phone);

    public Task<bool> GetPhoneNumberConfirmedAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(user.Phone is not null);

    public Task SetPhoneNumberAsync(BankUser user, string? phoneNumber, CancellationToken cancellationToken) => Set(() => user.Phone = phoneNumber);

    public Task SetPhoneNumberConfirmedAsync(BankUser user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
