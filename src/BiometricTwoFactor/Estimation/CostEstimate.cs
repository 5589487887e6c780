namespace BiometricTwoFactor;

/// <summary>What both ways cost, in the currency of the prices. Nothing is rounded.</summary>
/// <param name="SmsPerMonth">All messages of a month.</param>
/// <param name="SmsPerSuccess">That, by what came to a right code.</param>
/// <param name="FacePerMonth">All faces of a month.</param>
/// <param name="FacePerSuccess">That, by what came to an approval.</param>
/// <param name="BreakEvenSmsPrice">
/// The price of one message at which both cost the same for each success: above it faces are cheaper. Null where faces are
/// cheaper at any price, since the fixed costs alone are more.
/// </param>
public sealed record CostEstimate(decimal SmsPerMonth, decimal SmsPerSuccess, decimal FacePerMonth, decimal FacePerSuccess, decimal? BreakEvenSmsPrice)
{
    /// <summary>True where a success by face costs less.</summary>
    public bool IsFaceCheaper => FacePerSuccess < SmsPerSuccess;
}
