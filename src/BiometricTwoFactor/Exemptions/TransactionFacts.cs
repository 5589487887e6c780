namespace BiometricTwoFactor;

/// <summary>What the payer is about to do, as far as the exemptions tell it apart.</summary>
public enum ScaOperation
{
    /// <summary>Not told: never exempt.</summary>
    Unknown = 0,

    /// <summary>Looking at an account, directly (article 10).</summary>
    AccountAccess,

    /// <summary>An account information service provider looks at an account (article 10a).</summary>
    AccountInformation,

    /// <summary>A payment over the network.</summary>
    RemotePayment,

    /// <summary>A contactless payment at the point of sale (article 11).</summary>
    ContactlessPayment,

    /// <summary>A payment at an unattended terminal (article 12).</summary>
    TerminalPayment,

    /// <summary>Adding a payee to the trusted ones, or changing one: always authenticated (article 13(1)).</summary>
    TrustedBeneficiaryChange,

    /// <summary>Beginning or changing a series of payments: always authenticated (article 14(1)).</summary>
    SeriesChange,

    /// <summary>Anything else with a risk of fraud, such as another telephone number: always authenticated.</summary>
    Other,
}

/// <summary>How a remote payment is made: fraud rates and thresholds differ (RTS annex).</summary>
public enum PaymentInstrument
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>A payment based on a card.</summary>
    Card,

    /// <summary>A credit transfer.</summary>
    CreditTransfer,
}

/// <summary>What is shown of an account, without sensitive payment data (article 10(1)).</summary>
public enum AccountView
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>Its balance.</summary>
    Balance,

    /// <summary>The payments of the last 90 days.</summary>
    RecentTransactions,

    /// <summary>Both, or more: always authenticated.</summary>
    More,
}

/// <summary>What a terminal sells (article 12).</summary>
public enum TerminalPurpose
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>A transport fare.</summary>
    TransportFare,

    /// <summary>A parking fee.</summary>
    ParkingFee,

    /// <summary>Anything else: no exemption.</summary>
    Other,
}

/// <summary>What the monitoring of transactions says (article 2), without which no exemption may be used.</summary>
public enum MonitoringAdvice
{
    /// <summary>Nothing was asked, or there was no answer: never exempt.</summary>
    Unknown = 0,

    /// <summary>Nothing found.</summary>
    Clear,

    /// <summary>Something was found: never exempt.</summary>
    Suspicious,

    /// <summary>Refuse the payment, with authentication too.</summary>
    Block,
}

/// <summary>
/// What an exemption is decided on. Everything comes from the application's own records and systems, and nothing from the
/// request: a client that could say "trusted" would be. What is not known stays unknown, and never exempts.
/// </summary>
public sealed record TransactionFacts
{
    /// <summary>What the payer is about to do.</summary>
    public required ScaOperation Operation { get; init; }

    /// <summary>The application's own reference of this very payment: under it a counter counts it, once however often it is tried.</summary>
    public string? Reference { get; init; }

    /// <summary>The payment; of a batch, its total counts as one.</summary>
    public Transaction? Payment { get; init; }

    /// <summary>How it is made.</summary>
    public PaymentInstrument Instrument { get; init; }

    /// <summary>What the monitoring says.</summary>
    public MonitoringAdvice Monitoring { get; init; }

    /// <summary>For a payment in another currency than the programme's limits: what it is worth there.</summary>
    public ConversionRate? Rate { get; init; }

    /// <summary>Of <see cref="ScaOperation.AccountAccess"/> and <see cref="ScaOperation.AccountInformation"/>: what is shown.</summary>
    public AccountView View { get; init; }

    /// <summary>Of <see cref="ScaOperation.TerminalPayment"/>: what is paid for.</summary>
    public TerminalPurpose Terminal { get; init; }

    /// <summary>True when every payee is on the payer's list, which the payer's provider keeps (article 13); null when that is not known.</summary>
    public bool? PayeeIsTrusted { get; init; }

    /// <summary>The series that the payment says it belongs to (article 14); null for none.</summary>
    public PaymentSeries? Series { get; init; }

    /// <summary>True when both accounts are the same person's, at the same provider (article 15); null when that is not known.</summary>
    public bool? IsBetweenOwnAccounts { get; init; }

    /// <summary>The corporate process by which it was made, under the name that the programme has for it (article 17); null for none.</summary>
    public string? CorporateProcess { get; init; }

    /// <summary>The six signals of the risk analysis (article 18(2)(c)).</summary>
    public RiskSignals Risk { get; init; } = RiskSignals.Unknown;

    /// <summary>A payment from its fields.</summary>
    /// <exception cref="ArgumentException">A field is refused; the message names the article, the field and the <see cref="TransactionProblem"/>, and no value.</exception>
    public static TransactionFacts OfPayment(ScaOperation operation, decimal amount, string currency, string payeeAccount, string payeeName, string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        return Transaction.TryCreate(amount, currency, payeeAccount, payeeName, reference: null, out var payment, out var problem)
            ? new TransactionFacts { Operation = operation, Payment = payment, Reference = reference }
            : throw new ArgumentException($"RTS article 5(1)(b): the payment is refused: {problem}.", problem == TransactionProblem.CurrencyUnknown ? nameof(currency) : nameof(amount));
    }

    /// <summary>The operation only: a payment names people and accounts.</summary>
    public override string ToString() => Operation.ToString();
}
