namespace BiometricTwoFactor;

/// <summary>
/// Compares the cost of codes by SMS with that of faces for each authentication that succeeds. A pure calculation over the user's own
/// figures: it knows no price of SMS, values no avoided fraud, and counts no enrolment.
/// </summary>
public static class CostEstimator
{
    /// <summary>Estimates.</summary>
    /// <param name="perMonth">How many authentications are begun in a month.</param>
    /// <param name="sms">What codes cost.</param>
    /// <param name="face">What faces cost.</param>
    /// <exception cref="ArgumentException">A figure cannot be: a rate outside of its range, a negative price, no volume.</exception>
    public static CostEstimate Estimate(int perMonth, SmsCosts sms, FaceCosts face)
    {
        ArgumentNullException.ThrowIfNull(sms);
        ArgumentNullException.ThrowIfNull(face);
        if (perMonth <= 0)
        {
            throw new ArgumentException("The volume is positive.", nameof(perMonth));
        }

        Check(sms);
        Check(face);
        var messages = (decimal)perMonth * sms.Segments * (1 + sms.ResendRate);
        var smsPerMonth = (messages * sms.PricePerMessage) + sms.FixedPerMonth;
        var smsSuccesses = perMonth * sms.CompletionRate;

        var faceSuccesses = perMonth * face.CompletionRate;
        var price = (face.Product == FaceProduct.Match ? face.PriceOfMatch : face.PriceOfSession) + (face.WithDeviceAndIp ? face.PriceOfDeviceAndIp : 0m);
        var billed = Math.Max(0m, (face.BillsUnfinished ? perMonth : faceSuccesses) - face.FreePerMonth);
        var facePerSuccess = billed * price / faceSuccesses;

        // Where one success costs the same: price × messages + fixed = face's cost of a success × successes by SMS.
        var breakEven = ((facePerSuccess * smsSuccesses) - sms.FixedPerMonth) / messages;
        return new CostEstimate(smsPerMonth, smsPerMonth / smsSuccesses, billed * price, facePerSuccess, breakEven < 0 ? null : breakEven);
    }

    private static void Check(SmsCosts sms)
    {
        Price(sms.PricePerMessage, nameof(sms.PricePerMessage));
        Price(sms.FixedPerMonth, nameof(sms.FixedPerMonth));
        Rate(sms.CompletionRate, nameof(sms.CompletionRate));
        InRange(sms.Segments, 1, 100, nameof(sms.Segments), "A code is billed as 1 to 100 messages.");
        InRange(sms.ResendRate, 0, 100, nameof(sms.ResendRate), "A rate of resending is a fraction of the codes asked for: 0.2 for one in five.");
    }

    private static void Check(FaceCosts face)
    {
        Price(face.PriceOfSession, nameof(face.PriceOfSession));
        Price(face.PriceOfMatch, nameof(face.PriceOfMatch));
        Price(face.PriceOfDeviceAndIp, nameof(face.PriceOfDeviceAndIp));
        Rate(face.CompletionRate, nameof(face.CompletionRate));
        InRange(face.FreePerMonth, 0, int.MaxValue, nameof(face.FreePerMonth), "A number of free ones is not negative.");
    }

    private static void Price(decimal price, string name) => InRange(price, 0, 1_000_000, name, "A price is not negative, and not above a million.");

    private static void InRange(decimal figure, decimal least, decimal most, string name, string why)
    {
        if (figure < least || figure > most)
        {
            throw new ArgumentException(why, name);
        }
    }

    private static void Rate(decimal rate, string name)
    {
        if (rate is <= 0 or > 1)
        {
            throw new ArgumentException("A rate of completion is a fraction above 0, at most 1: 0.9 for nine in ten.", name);
        }
    }
}
