namespace BiometricTwoFactor;

/// <summary>
/// Why strong customer authentication (SCA) need not be asked: the exemptions of Delegated Regulation (EU) 2018/389 (RTS),
/// by article. None is a duty, but <see cref="AccountInformation"/>; an application names those that it uses.
/// </summary>
public enum ExemptionKind
{
    /// <summary>No exemption.</summary>
    None = 0,

    /// <summary>The payer looks at the own account (article 10).</summary>
    AccountAccess,

    /// <summary>An account information service provider looks at it for them (article 10a).</summary>
    AccountInformation,

    /// <summary>Contactless at the point of sale (article 11).</summary>
    Contactless,

    /// <summary>Transport fares and parking at unattended terminals (article 12).</summary>
    UnattendedTerminal,

    /// <summary>A payee on the payer's list of trusted beneficiaries (article 13).</summary>
    TrustedBeneficiary,

    /// <summary>A series with the same amount and the same payee (article 14).</summary>
    Recurring,

    /// <summary>Credit transfers between accounts of the same person at the same provider (article 15).</summary>
    OwnAccounts,

    /// <summary>Remote and of low value (article 16).</summary>
    LowValue,

    /// <summary>Dedicated processes of corporate payers that the authority has accepted (article 17).</summary>
    CorporateProcess,

    /// <summary>Transaction risk analysis (article 18).</summary>
    TransactionRisk,
}

/// <summary>Whose decision an exemption is.</summary>
public enum ExemptionBasis
{
    /// <summary>
    /// Somebody else decides: a merchant asks the payer's provider, which has the last word and may refuse (a soft decline).
    /// </summary>
    Requested = 0,

    /// <summary>The application is the payer's provider and decides.</summary>
    Applied,
}

/// <summary>What a decision says.</summary>
public enum ScaOutcome
{
    /// <summary>Authenticate the payer.</summary>
    RequireSca = 0,

    /// <summary>No authentication is needed, or will be asked to be left out.</summary>
    Exempt,

    /// <summary>Not even with authentication: the monitoring of transactions (article 2) refuses it.</summary>
    Blocked,
}
