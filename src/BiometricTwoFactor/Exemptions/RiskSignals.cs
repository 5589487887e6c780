namespace BiometricTwoFactor;

/// <summary>
/// The six signals that each rule an exemption by risk analysis out (article 18(2)(c)): true when it was found, false when it
/// was looked for and not found, null when nobody looked. The application supplies them; this library computes none of them.
/// </summary>
public sealed record RiskSignals
{
    /// <summary>Nobody looked.</summary>
    public static RiskSignals Unknown { get; } = new();

    /// <summary>All were looked for, and none was found.</summary>
    public static RiskSignals None { get; } = new()
    {
        AbnormalSpending = false,
        UnusualDevice = false,
        Malware = false,
        KnownFraudScenario = false,
        AbnormalPayerLocation = false,
        HighRiskPayeeLocation = false,
    };

    /// <summary>Spending or behaviour that is abnormal for the payer (i).</summary>
    public bool? AbnormalSpending { get; init; }

    /// <summary>Unusual information about the access by device or software (ii).</summary>
    public bool? UnusualDevice { get; init; }

    /// <summary>Malware in any session of the authentication (iii).</summary>
    public bool? Malware { get; init; }

    /// <summary>A known scenario of fraud (iv).</summary>
    public bool? KnownFraudScenario { get; init; }

    /// <summary>An abnormal location of the payer (v).</summary>
    public bool? AbnormalPayerLocation { get; init; }

    /// <summary>A payee in a location of high risk (vi).</summary>
    public bool? HighRiskPayeeLocation { get; init; }

    /// <summary>True when one was found, null when none was and one is not known, false when all were looked for in vain.</summary>
    internal bool? Any =>
        (AbnormalSpending ?? false) || (UnusualDevice ?? false) || (Malware ?? false) || (KnownFraudScenario ?? false) || (AbnormalPayerLocation ?? false) || (HighRiskPayeeLocation ?? false) ? true
        : AbnormalSpending is null || UnusualDevice is null || Malware is null || KnownFraudScenario is null || AbnormalPayerLocation is null || HighRiskPayeeLocation is null ? null
        : false;
}
