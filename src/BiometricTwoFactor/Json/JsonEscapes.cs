using System.Diagnostics;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>
/// Decodes the escapes of a JSON string whose grammar the framework's reader has already checked. Unlike the reader's
/// own decoding it says no to half a surrogate pair instead of throwing, so that a forged body costs no exception.
/// </summary>
internal static class JsonEscapes
{
    /// <summary>Decodes; false at a surrogate without its other half. What was written counts in either case.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> escaped, Span<byte> destination, out int written)
    {
        written = 0;
        while (true)
        {
            var next = escaped.IndexOf((byte)'\\');
            var plain = next < 0 ? escaped : escaped[..next];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (next < 0)
            {
                return true;
            }

            if (escaped[next + 1] != (byte)'u')
            {
                destination[written++] = Short(escaped[next + 1]);
                escaped = escaped[(next + 2)..];
                continue;
            }

            if (!TryRune(escaped[next..], out var rune, out var consumed))
            {
                return false;
            }

            written += rune.EncodeToUtf8(destination[written..]);
            escaped = escaped[(next + consumed)..];
        }
    }

    private static byte Short(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        _ => throw new UnreachableException("The reader has checked the escapes."),
    };

    /// <summary>Reads <c>\uXXXX</c>, or two of them that make one character.</summary>
    private static bool TryRune(ReadOnlySpan<byte> escaped, out Rune rune, out int consumed)
    {
        consumed = 6;
        var unit = Unit(escaped[2..6]);
        if (Rune.TryCreate(unit, out rune))
        {
            return true;
        }

        consumed = 12;
        return escaped.Length >= 12
            && escaped[6] == (byte)'\\'
            && escaped[7] == (byte)'u'
            && Rune.TryCreate(unit, Unit(escaped[8..12]), out rune);
    }

    private static char Unit(ReadOnlySpan<byte> hex)
    {
        var unit = 0;
        foreach (var digit in hex)
        {
            unit = (unit << 4) | (digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return (char)unit;
    }
}
