using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Ids that cannot be guessed, and the hash under which a one-time code is stored (protocol 5.1, R-02).</summary>
internal static class ChallengeIds
{
    private const int RandomBytes = 20; // 160 bits, above the 128 that the protocol asks for
    private const int TextLength = 27;

    public static string New()
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>A cheap shape check, so that no look-up is made for something that cannot be an id.</summary>
    public static bool HasShape(string? text)
    {
        if (text is not { Length: TextLength })
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    public static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code)));
}
