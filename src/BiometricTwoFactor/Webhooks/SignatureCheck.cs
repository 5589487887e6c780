using System.Buffers;
using System.Security.Cryptography;

namespace BiometricTwoFactor;

/// <summary>Compares one received signature with those that the live secrets give, always with all of them.</summary>
internal static class SignatureCheck
{
    public const int HexLength = HMACSHA256.HashSizeInBytes * 2;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Decodes exactly 64 lower-case hex digits; the length is looked at before anything else.</summary>
    public static bool TryDecode(string header, Span<byte> mac) =>
        header.Length == HexLength
        && !header.AsSpan().ContainsAnyExcept(LowerHex)
        && Convert.FromHexString(header, mac, out _, out _) == OperationStatus.Done;

    /// <summary>The secret that signed these bytes, or null. Takes the same work whichever it is.</summary>
    public static WebhookSecret? Match(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature, IList<WebhookSecret> secrets, TimeProvider clock)
    {
        Span<byte> computed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        WebhookSecret? match = null;
        var count = secrets is null ? 0 : Math.Min(secrets.Count, WebhookVerifierOptions.MaxSecrets);
        for (var i = 0; i < count; i++)
        {
            var secret = secrets![i];
            if (secret is null || (secret.ExpiresAt is not null && !secret.IsLive(clock.GetUtcNow())))
            {
                continue;
            }

            HMACSHA256.HashData(secret.Key, bytes, computed);
            var equal = CryptographicOperations.FixedTimeEquals(computed, signature);
            match = equal ? secret : match;
        }

        return match;
    }
}
