using System.Globalization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the other device shows before its camera opens, from stored facts: what is asked, and which device asks (protocol 4.2).</summary>
internal static class ShownOnDevice
{
    /// <summary>Null for a challenge that is finished where it was asked.</summary>
    public static HandOverFacts? Of(StepUpChallenge challenge)
    {
        if (challenge.HandOver is not { TakenAt: { } takenAt } handOver)
        {
            return null;
        }

        var lines = ShownPage.Of(challenge).Lines.Concat(Asking(handOver)).ToArray();
        return new HandOverFacts
        {
            Kind = "another device",
            OfferedAt = handOver.OfferedAt,
            DigitsAt = takenAt,
            WrongDigits = handOver.WrongDigits,
            ShownDigest = FieldHash.Of(["biometric-shown-handed/1", .. lines.SelectMany(line => new[] { line.Name, line.Value })]),
            ShownLines = lines,
        };
    }

    private static IEnumerable<ShownLine> Asking(HandOver handOver)
    {
        yield return new("asked-at", handOver.OfferedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));
        if (handOver.AskedOn.Browser is { } browser)
        {
            yield return new("asked-browser", browser);
        }

        if (handOver.AskedOn.Os is { } os)
        {
            yield return new("asked-system", os);
        }

        if (handOver.AskedOn.Country is { } country)
        {
            yield return new("asked-country", country);
        }
    }
}
