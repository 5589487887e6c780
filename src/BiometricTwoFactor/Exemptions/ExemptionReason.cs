namespace BiometricTwoFactor;

/// <summary>Why a rule found what it found. The words stay; new ones may come.</summary>
public static class ExemptionReason
{
    /// <summary>The rule's conditions are met.</summary>
    public const string Met = "met";

    /// <summary>The programme is switched off.</summary>
    public const string SwitchedOff = "switched-off";

    /// <summary>This is authenticated always: lists of trusted payees, series, and what has a risk of fraud (articles 13(1), 14(1)).</summary>
    public const string AlwaysAuthenticated = "always-authenticated";

    /// <summary>What the payer does was not told.</summary>
    public const string OperationUnknown = "operation-unknown";

    /// <summary>The rule is about something else.</summary>
    public const string OtherOperation = "other-operation";

    /// <summary>The monitoring of transactions refuses the payment (article 2).</summary>
    public const string BlockedByMonitoring = "blocked-by-monitoring";

    /// <summary>The monitoring of transactions was not asked, or gave no answer (article 2).</summary>
    public const string MonitoringUnknown = "monitoring-unknown";

    /// <summary>The monitoring of transactions found something (article 2).</summary>
    public const string Suspicious = "suspicious";

    /// <summary>There is no payment, or it has no reference under which it could be counted once.</summary>
    public const string PaymentMissing = "payment-missing";

    /// <summary>The payment is in another currency than the limits, and there is no rate for it.</summary>
    public const string RateMissing = "conversion-rate-missing";

    /// <summary>That rate is too old, of the future, or not positive.</summary>
    public const string RateStale = "conversion-rate-stale";

    /// <summary>The amount is over the limit.</summary>
    public const string AmountOver = "amount-over-limit";

    /// <summary>The sum since the last authentication is over the limit.</summary>
    public const string TotalOver = "total-over-limit";

    /// <summary>There were too many since the last authentication.</summary>
    public const string CountOver = "count-over-limit";

    /// <summary>The counters are of the future, or negative.</summary>
    public const string CountersInvalid = "counters-invalid";

    /// <summary>What the rule needs was not told.</summary>
    public const string FactUnknown = "fact-unknown";

    /// <summary>What the rule needs is not so.</summary>
    public const string FactFalse = "fact-false";

    /// <summary>The payer was never authenticated for this.</summary>
    public const string FirstTime = "first-time";

    /// <summary>The last authentication was too long ago.</summary>
    public const string Expired = "authentication-expired";

    /// <summary>The payment is another one than that of the series.</summary>
    public const string SeriesDiffers = "series-differs";

    /// <summary>The corporate process is none that the authority has accepted.</summary>
    public const string ProcessUnknown = "process-unknown";

    /// <summary>One of the six signals was found.</summary>
    public const string RiskFound = "risk-found";

    /// <summary>One of the six signals was not looked for.</summary>
    public const string RiskUnknown = "risk-unknown";

    /// <summary>There is no rate of fraud of this instrument.</summary>
    public const string FraudRateMissing = "fraud-rate-missing";

    /// <summary>It is older than the law allows, or of the future.</summary>
    public const string FraudRateStale = "fraud-rate-stale";

    /// <summary>It is over the reference for this amount.</summary>
    public const string FraudRateOver = "fraud-rate-over-reference";

    /// <summary>It was over the reference for too many quarters in a row (article 20).</summary>
    public const string AnalysisStopped = "analysis-stopped";
}
