using System.Buffers.Binary;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The details of an entry before they are sealed: the content as JSON, and beside it the raw bytes of a delivery, which
/// must stay as they came to be verified again, and may repeat a callback's address that belongs into no readable text.
/// </summary>
internal static class EvidencePlaintext
{
    public static byte[] Pack(ReadOnlySpan<byte> json, ReadOnlySpan<byte> raw)
    {
        var packed = new byte[sizeof(int) + json.Length + raw.Length];
        BinaryPrimitives.WriteInt32BigEndian(packed, json.Length);
        json.CopyTo(packed.AsSpan(sizeof(int)));
        raw.CopyTo(packed.AsSpan(sizeof(int) + json.Length));
        return packed;
    }

    /// <summary>False for what nobody here has packed.</summary>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, out ReadOnlySpan<byte> json, out ReadOnlySpan<byte> raw)
    {
        json = raw = default;
        if (packed.Length < sizeof(int) || BinaryPrimitives.ReadInt32BigEndian(packed) is not (>= 0 and var length) || length > packed.Length - sizeof(int))
        {
            return false;
        }

        json = packed.Slice(sizeof(int), length);
        raw = packed[(sizeof(int) + length)..];
        return true;
    }
}
