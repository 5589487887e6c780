using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>The provider's own id of a user, <c>didit_internal_id</c>: the same for every session with that <c>vendor_data</c>.</summary>
internal static class InternalUserId
{
    /// <summary>Derived, so that nothing is to be remembered and two emulators disagree. Null without a user.</summary>
    public static string? Of(string? vendorData, EmulatorSettings settings)
    {
        if (vendorData is null)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.ApplicationId}\0{vendorData}"), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80); // version 8: of one's own making
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true).ToString("D");
    }
}
