using BiometricTwoFactor.AspNetCore;

namespace Bank;

/// <summary>Vouches for the customers whose face a branch enrolled before this application existed.</summary>
internal sealed class BranchEnrolments(CustomerRegister customers) : IEnrolmentVoucher
{
    public async ValueTask<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default) =>
        await customers.FindAsync(subject) is { EnrolledAtBranch: true };
}
