namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The application's answer whether a verified document names the holder of the account (protocol 8.4). Without this
/// service an enrolment by identity proofing is never approved: somebody else's valid passport would do.
/// </summary>
public interface IAccountHolderCheck
{
    /// <summary>True when name and birth date are those of the account's holder.</summary>
    ValueTask<bool> IsAccountHolderAsync(string subject, IdVerification document, CancellationToken cancellationToken = default);

    /// <summary>The same for one of several tenants, each of which may have a subject of that id; by itself it asks without the tenant.</summary>
    ValueTask<bool> IsAccountHolderAsync(string tenant, string subject, IdVerification document, CancellationToken cancellationToken = default) =>
        IsAccountHolderAsync(subject, document, cancellationToken);

    /// <summary>
    /// What the document should say, sent to the provider as <c>expected_details</c> (contract 1.1) so that it compares as
    /// well; null, the default, sends nothing. Our own check above decides in any case.
    /// </summary>
    ValueTask<ExpectedDetails?> DescribeAsync(string subject, CancellationToken cancellationToken = default) => new((ExpectedDetails?)null);

    /// <summary>The same for one of several tenants; by itself it asks without the tenant.</summary>
    ValueTask<ExpectedDetails?> DescribeAsync(string tenant, string subject, CancellationToken cancellationToken = default) =>
        DescribeAsync(subject, cancellationToken);
}
