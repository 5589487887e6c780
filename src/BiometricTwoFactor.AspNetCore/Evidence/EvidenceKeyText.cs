using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Reads the keys of the configuration. What is wrong with one is said without repeating it.</summary>
internal static class EvidenceKeyText
{
    public const string MasterShape = "32 random bytes as base64; biometric2fa evidence keys makes one.";
    public const string SigningShape = "an ECDSA key on P-256, PKCS#8 as PEM or base64; biometric2fa evidence keys makes one.";

    /// <summary>The options' validator has seen it.</summary>
    public static byte[] Master(string text) => TryMaster(text, out var key) ? key : throw new InvalidOperationException("Biometric:Evidence:MasterKey: " + MasterShape);

    public static bool TryMaster(string text, [NotNullWhen(true)] out byte[]? key)
    {
        key = new byte[EvidenceFormat.KeyLength + 3];
        if (Convert.TryFromBase64String(text.Trim(), key, out var length) && length == EvidenceFormat.KeyLength)
        {
            key = key[..length];
            return true;
        }

        key = null;
        return false;
    }

    /// <summary>A private key; null when the text is none on P-256.</summary>
    public static ECDsa? SigningKey(string text) =>
        Import(text, (key, pem) => key.ImportFromPem(pem), (key, bytes) => key.ImportPkcs8PrivateKey(bytes, out _));

    /// <summary>A public key (SubjectPublicKeyInfo as PEM or base64); null when the text is none on P-256.</summary>
    public static ECDsa? PublicKey(string text) =>
        Import(text, (key, pem) => key.ImportFromPem(pem), (key, bytes) => key.ImportSubjectPublicKeyInfo(bytes, out _));

    /// <summary>Lower-hex SHA-256 of the public half.</summary>
    public static string NameOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static ECDsa? Import(string text, Action<ECDsa, string> pem, Action<ECDsa, byte[]> bytes)
    {
        var key = ECDsa.Create();
        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                // A line of an environment variable cannot hold a line break.
                pem(key, text.Replace("\\n", "\n", StringComparison.Ordinal));
            }
            else
            {
                bytes(key, Convert.FromBase64String(text.Trim()));
            }

            if (key.KeySize == 256 && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                return key;
            }
        }
        catch (Exception unfit) when (unfit is CryptographicException or FormatException or ArgumentException)
        {
            // Said by the caller, with the setting's name.
        }

        key.Dispose();
        return null;
    }
}
