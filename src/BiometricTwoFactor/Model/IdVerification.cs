namespace BiometricTwoFactor;

/// <summary>
/// One document check of a session (reference <c>id_verifications[]</c>), reduced to what an enrolment must compare
/// with the account holder: name and birth date (protocol 8.4). Images and numbers of the document are not read.
/// </summary>
public sealed class IdVerification
{
    /// <summary>The step's status; only <see cref="FeatureStatus.Approved"/> passes.</summary>
    public FeatureStatus Status { get; init; }

    /// <summary>First name as on the document.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name as on the document.</summary>
    public string? LastName { get; init; }

    /// <summary>Birth date as on the document; null when missing or not an ISO date.</summary>
    public DateOnly? DateOfBirth { get; init; }

    /// <summary>The step's warnings.</summary>
    public IReadOnlyList<RiskWarning> Warnings { get; init; } = [];
}
