namespace BiometricTwoFactor;

/// <summary>What one major unit of the payment's currency is worth in the currency of the programme's limits.</summary>
/// <param name="To">The currency of the limits, three letters of ISO 4217.</param>
/// <param name="Value">So many major units of it; positive.</param>
/// <param name="At">When the rate was that. One that is too old, or of the future, is none.</param>
public sealed record ConversionRate(string To, decimal Value, DateTimeOffset At);
