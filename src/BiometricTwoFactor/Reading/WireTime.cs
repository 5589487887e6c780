using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>Reads a time: unix seconds in a webhook, ISO 8601 in a decision.</summary>
internal static class WireTime
{
    /// <summary>The seconds that a <see cref="DateTimeOffset"/> can hold.</summary>
    private const long Least = -62_135_596_800, Greatest = 253_402_300_799;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static DateTimeOffset? Read(JsonCursor value)
    {
        if (value.AsInt64() is { } seconds)
        {
            return FromSeconds(seconds);
        }

        return value.IsString && DateTimeOffset.TryParseExact(
            value.AsString(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    public static DateTimeOffset? FromSeconds(long seconds) =>
        seconds is >= Least and <= Greatest ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
