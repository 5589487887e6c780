namespace BiometricTwoFactor;

/// <summary>
/// The provider's own rate of fraud for one kind of payment: the value of the fraudulent ones over the value of all, authenticated
/// and exempted, of the last 90 days (article 19). The application measures it; this library does not.
/// </summary>
/// <param name="Instrument">Of which payments.</param>
/// <param name="Rate">As a fraction: 0.0006 is 0.06 %, 6 basis points.</param>
/// <param name="MeasuredUntil">The last moment of the 90 days that it is about. It ages from then on.</param>
/// <param name="QuartersOver">For how many quarters in a row, up to the last one, the rate was over the reference (article 20).</param>
public sealed record FraudRate(PaymentInstrument Instrument, decimal Rate, DateTimeOffset MeasuredUntil, int QuartersOver = 0);
