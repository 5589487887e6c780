using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>
/// Freshness from the signed body (contract 4.5, step 5). The header is covered by no MAC: it can only agree, never
/// make a delivery fresh.
/// </summary>
internal static class Freshness
{
    private const int MostHeaderDigits = 12;

    /// <summary>Valid, Stale, TimestampMissing, or Malformed for a timestamp that is not an integral number.</summary>
    public static WebhookOutcome Check(JsonCursor signed, string? header, WebhookVerifierOptions options, TimeProvider clock, out DateTimeOffset? timestamp)
    {
        timestamp = null;
        if (signed.Exists && !signed.IsIntegral)
        {
            return WebhookOutcome.Malformed;
        }

        if (!TryReadHeader(header, out var told))
        {
            return WebhookOutcome.Stale;
        }

        if (!signed.Exists)
        {
            // A header without a signed timestamp proves nothing, in neither direction.
            return options.RequireTimestamp ? WebhookOutcome.TimestampMissing : WebhookOutcome.Valid;
        }

        // An integral number beyond a long, or beyond the calendar, is no time near now.
        timestamp = signed.AsInt64() is { } seconds ? WireTime.FromSeconds(seconds) : null;
        if (timestamp is not { } at || (told is { } expected && expected != at.ToUnixTimeSeconds()))
        {
            return WebhookOutcome.Stale;
        }

        return (clock.GetUtcNow() - at).Duration() <= options.TimestampTolerance ? WebhookOutcome.Valid : WebhookOutcome.Stale;
    }

    /// <summary>1 to 12 ASCII digits, nothing around them; absent is fine.</summary>
    private static bool TryReadHeader(string? header, out long? seconds)
    {
        seconds = null;
        if (header is null)
        {
            return true;
        }

        if (header.Length is < 1 or > MostHeaderDigits || header.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        seconds = long.Parse(header, NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }
}
