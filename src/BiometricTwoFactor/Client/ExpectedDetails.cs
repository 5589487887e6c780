namespace BiometricTwoFactor;

/// <summary>
/// What the relying party already knows of the person or company, for the provider to compare (<c>expected_details</c>).
/// Null members are not sent. Prints nothing of its content.
/// </summary>
public sealed record ExpectedDetails
{
    /// <summary><c>first_name</c>.</summary>
    public string? FirstName { get; init; }

    /// <summary><c>last_name</c>.</summary>
    public string? LastName { get; init; }

    /// <summary><c>date_of_birth</c>, sent as <c>yyyy-MM-dd</c>.</summary>
    public DateOnly? DateOfBirth { get; init; }

    /// <summary><c>gender</c>: <c>M</c> or <c>F</c>.</summary>
    public string? Gender { get; init; }

    /// <summary><c>nationality</c>, a country code.</summary>
    public string? Nationality { get; init; }

    /// <summary><c>country</c>, a country code. The provider refuses an <see cref="Address"/> without one.</summary>
    public string? Country { get; init; }

    /// <summary><c>id_country</c>: the country of the identity document.</summary>
    public string? IdCountry { get; init; }

    /// <summary><c>poa_country</c>: the country of the proof of address.</summary>
    public string? ProofOfAddressCountry { get; init; }

    /// <summary><c>address</c>.</summary>
    public string? Address { get; init; }

    /// <summary><c>identification_number</c>.</summary>
    public string? IdentificationNumber { get; init; }

    /// <summary><c>ip_address</c>: the address that the capture should come from.</summary>
    public string? IpAddress { get; init; }

    /// <summary><c>expected_document_types</c>: of <c>P</c>, <c>ID</c>, <c>DL</c>, <c>RP</c>, <c>HIC</c>, <c>TC</c>, <c>SSC</c>.</summary>
    public IReadOnlyList<string>? ExpectedDocumentTypes { get; init; }

    /// <summary><c>company_name</c> (business workflows).</summary>
    public string? CompanyName { get; init; }

    /// <summary><c>registry_country</c> (business workflows).</summary>
    public string? RegistryCountry { get; init; }

    /// <summary><c>registration_number</c> (business workflows).</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary>The type's name only.</summary>
    public override string ToString() => nameof(ExpectedDetails);
}
