using BiometricTwoFactor;
using BiometricTwoFactor.AspNetCore;

namespace Bank;

/// <summary>A valid passport is not enough: it must be the account holder's, by name and birth date.</summary>
internal sealed class AccountHolderCheck(CustomerRegister customers) : IAccountHolderCheck
{
    public async ValueTask<bool> IsAccountHolderAsync(string subject, IdVerification document, CancellationToken cancellationToken = default) =>
        await customers.FindAsync(subject) is { } customer
        && document.DateOfBirth == customer.BirthDate
        && Same(document.FirstName, customer.FirstName)
        && Same(document.LastName, customer.LastName);

    /// <summary>The provider compares as well; the emulator's document then says what the customer said at sign-up.</summary>
    public async ValueTask<ExpectedDetails?> DescribeAsync(string subject, CancellationToken cancellationToken = default) =>
        await customers.FindAsync(subject) is { } customer
            ? new ExpectedDetails { FirstName = customer.FirstName, LastName = customer.LastName, DateOfBirth = customer.BirthDate }
            : null;

    private static bool Same(string? one, string other) => string.Equals(one?.Trim(), other, StringComparison.OrdinalIgnoreCase);
}
