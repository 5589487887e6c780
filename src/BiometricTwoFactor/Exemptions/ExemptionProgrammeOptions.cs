namespace BiometricTwoFactor;

/// <summary>
/// How one application uses exemptions. Nothing is exempt until it is named in <see cref="Exemptions"/>; what is set here can be
/// stricter than the <see cref="Preset"/>, and nothing can be laxer.
/// </summary>
public sealed class ExemptionProgrammeOptions
{
    /// <summary>The programme's name, which counters and evidence have. One word; the programmes of one application differ.</summary>
    public string Name { get; set; } = "default";

    /// <summary>The jurisdiction's limits.</summary>
    public ExemptionPreset Preset { get; set; } = ExemptionPreset.Psd2;

    /// <summary>False to authenticate everything at once, whatever else is set.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>
    /// Whose decision an exemption is. Only the payer's own provider applies one; everybody else requests it, and must be ready to
    /// be refused.
    /// </summary>
    public ExemptionBasis Basis { get; set; }

    /// <summary>The exemptions in use, the first that applies is taken.</summary>
    public IList<ExemptionKind> Exemptions { get; } = [];

    /// <summary>Article 16; null for the preset's limits.</summary>
    public CumulativeLimit? LowValue { get; set; }

    /// <summary>Article 11; null for the preset's limits.</summary>
    public CumulativeLimit? Contactless { get; set; }

    /// <summary>Which of the two counters is used (articles 11 and 16).</summary>
    public CountBy CountBy { get; set; }

    /// <summary>What the counters compare.</summary>
    public CountingMode Counting { get; set; }

    /// <summary>What becomes of an amount that is exactly a limit (articles 11, 16 and 18).</summary>
    public LimitComparison Comparison { get; set; }

    /// <summary>How long an authentication serves access to the account (articles 10 and 10a); null for the preset's time.</summary>
    public TimeSpan? AccessRenewal { get; set; }

    /// <summary>The rates of fraud, at most one for each instrument; needed for <see cref="ExemptionKind.TransactionRisk"/>.</summary>
    public IList<FraudRate> FraudRates { get; } = [];

    /// <summary>The names of the corporate processes that the authority has accepted; needed for <see cref="ExemptionKind.CorporateProcess"/>.</summary>
    public IList<string> CorporateProcesses { get; } = [];

    /// <summary>How old a <see cref="ConversionRate"/> may be.</summary>
    public TimeSpan ConversionRateLifetime { get; set; } = TimeSpan.FromDays(1);
}
