namespace BiometricTwoFactor;

/// <summary>Up to what amount a payment can be exempted by risk analysis, and with what rate of fraud at most (RTS annex).</summary>
/// <param name="Instrument">Of which payments.</param>
/// <param name="Amount">In major units of the preset's currency, inclusive.</param>
/// <param name="MaxFraudRate">The reference rate as a fraction, inclusive: 0.0013 is 0.13 %.</param>
public sealed record RiskThreshold(PaymentInstrument Instrument, decimal Amount, decimal MaxFraudRate);

/// <summary>
/// The limits of one jurisdiction at one time. They are the outermost: a programme may be stricter, and none may be laxer.
/// </summary>
public sealed record ExemptionPreset
{
    private ExemptionPreset()
    {
    }

    /// <summary>
    /// The European Union: Delegated Regulation (EU) 2018/389, with article 10 as changed by (EU) 2022/2360 (180 days since 25 July
    /// 2023).
    /// </summary>
    public static ExemptionPreset Psd2 { get; } = new()
    {
        Name = "psd2",
        Version = "2023-07-25",
        Currency = "EUR",
        LowValue = new CumulativeLimit(30m, 100m, 5),
        Contactless = new CumulativeLimit(50m, 150m, 5),
        AccessRenewal = TimeSpan.FromDays(180),
        AccountInformationRenewal = TimeSpan.FromDays(180),
        RiskThresholds = Thresholds(100m, 250m, 500m),
    };

    /// <summary>
    /// The United Kingdom: the FCA's technical standards (SCA-RTS) with their limits in pounds, 90 days for direct access, no
    /// renewal for account information providers, who reconfirm the customer's consent instead (2022), and a final amount up to
    /// 20 % above the authenticated one.
    /// </summary>
    public static ExemptionPreset UnitedKingdom { get; } = new()
    {
        Name = "uk",
        Version = "2022-03-26",
        Currency = "GBP",
        LowValue = new CumulativeLimit(25m, 85m, 5),
        Contactless = new CumulativeLimit(100m, 300m, 5),
        AccessRenewal = TimeSpan.FromDays(90),
        AccountInformationRenewal = null,
        RiskThresholds = Thresholds(85m, 220m, 440m),
        FinalAmountTolerance = 0.20m,
    };

    /// <summary>
    /// The draft of the Payment Services Regulation. Its technical standards are not written: until they are, the limits are those of
    /// <see cref="Psd2"/>, under a version of their own, so that decisions made by it can be told apart.
    /// </summary>
    public static ExemptionPreset PsrDraft { get; } = Psd2 with { Name = "psr-draft", Version = "2026-04-23" };

    /// <summary>The preset's name: <c>psd2</c>, <c>uk</c>, <c>psr-draft</c>.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The day of the text that it follows.</summary>
    public string Version { get; private init; } = "";

    /// <summary>The currency of its limits.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>Article 16.</summary>
    public CumulativeLimit LowValue { get; private init; } = CumulativeLimit.Nothing;

    /// <summary>Article 11.</summary>
    public CumulativeLimit Contactless { get; private init; } = CumulativeLimit.Nothing;

    /// <summary>How long an authentication serves the payer's own look at the account (article 10).</summary>
    public TimeSpan AccessRenewal { get; private init; }

    /// <summary>The same for account information providers (article 10a); null where it needs no renewal.</summary>
    public TimeSpan? AccountInformationRenewal { get; private init; }

    /// <summary>Article 18 and annex: three for cards, three for credit transfers.</summary>
    public IReadOnlyList<RiskThreshold> RiskThresholds { get; private init; } = [];

    /// <summary>How old a rate of fraud may be: 90 days (article 19).</summary>
    public TimeSpan FraudRateLifetime { get; private init; } = TimeSpan.FromDays(90);

    /// <summary>After so many quarters in a row over the reference rate the analysis is not used any more: 2 (article 20).</summary>
    public int QuartersUntilStop { get; private init; } = 2;

    /// <summary>By what fraction a final amount may lie above the authenticated one; 0 in the European Union.</summary>
    public decimal FinalAmountTolerance { get; private init; }

    /// <summary>Name and version.</summary>
    public override string ToString() => $"{Name}/{Version}";

    private static RiskThreshold[] Thresholds(decimal low, decimal middle, decimal high) =>
    [
        new(PaymentInstrument.Card, low, 0.0013m),
        new(PaymentInstrument.Card, middle, 0.0006m),
        new(PaymentInstrument.Card, high, 0.0001m),
        new(PaymentInstrument.CreditTransfer, low, 0.00015m),
        new(PaymentInstrument.CreditTransfer, middle, 0.0001m),
        new(PaymentInstrument.CreditTransfer, high, 0.00005m),
    ];
}
