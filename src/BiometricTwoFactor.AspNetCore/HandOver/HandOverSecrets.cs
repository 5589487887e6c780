using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Makes, seals and compares the code of a hand-over's link and its two digits. The code is stored as a hash to be found
/// by, and sealed to be shown again: a fresh one at every showing would void the link that the person has just sent.
/// </summary>
internal sealed class HandOverSecrets(IDataProtectionProvider protection)
{
    public const int Digits = 2;

    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.HandOver.v1");

    public static HandOverCode New() =>
        new(ChallengeIds.New(), RandomNumberGenerator.GetInt32(100).ToString("00", CultureInfo.InvariantCulture));

    /// <summary>Another hash than that of a callback's code, so that neither is ever taken for the other.</summary>
    public static string HashOf(string code) => ChallengeIds.Hash("hand-over:" + code);

    /// <summary>Two digits as a person types them; null for anything else, which is no try.</summary>
    public static string? Read(string? text)
    {
        var typed = text?.Replace(" ", "", StringComparison.Ordinal);
        return typed is { Length: Digits } && char.IsAsciiDigit(typed[0]) && char.IsAsciiDigit(typed[1]) ? typed : null;
    }

    public byte[] Seal(string challengeId, HandOverCode code) =>
        _protector.CreateProtector(challengeId).Protect(Encoding.ASCII.GetBytes(code.Digits + code.Code));

    /// <summary>What was sealed; null when nothing is, or its key is gone.</summary>
    public HandOverCode? Open(StepUpChallenge challenge)
    {
        if (challenge.HandOver?.SealedCode is not { } bytes)
        {
            return null;
        }

        try
        {
            var text = Encoding.ASCII.GetString(_protector.CreateProtector(challenge.Id).Unprotect(bytes));
            return new(text[Digits..], text[..Digits]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static bool AreRight(HandOverCode code, string digits) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(code.Digits), Encoding.ASCII.GetBytes(digits));
}

/// <summary>The code of the link, and the two digits that are told by the asking screen alone.</summary>
internal sealed record HandOverCode(string Code, string Digits)
{
    /// <summary>Both are secrets.</summary>
    public override string ToString() => "***";
}
