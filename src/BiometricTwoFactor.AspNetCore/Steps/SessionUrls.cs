using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Seals and opens the hosted page's address, which carries the session's token.</summary>
internal sealed class SessionUrls(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.SessionUrl.v1");

    public byte[] Seal(string challengeId, Uri url) =>
        _protector.CreateProtector(challengeId).Protect(Encoding.UTF8.GetBytes(url.AbsoluteUri));

    /// <summary>The address; null when there is none, or its key is gone.</summary>
    public Uri? Open(StepUpChallenge challenge)
    {
        if (challenge.SealedSessionUrl is not { } bytes)
        {
            return null;
        }

        try
        {
            return new Uri(Encoding.UTF8.GetString(_protector.CreateProtector(challenge.Id).Unprotect(bytes)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
