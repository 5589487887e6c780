using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>
/// Writes a JSON number as the provider's signer does (contract 4.5): integers keep their digits; anything else goes
/// through an IEEE double, an integral one as its exact integer, the rest as the shortest text that reads back the
/// same, in the notation of Python's <c>repr</c>.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary>Room for any canonical form of a double: sign and 309 digits.</summary>
    public const int MaxFloatLength = 320;

    /// <summary>Every decimal of that many digits survives a double and back.</summary>
    private const int SafeDigits = 15;

    /// <summary>2 to the 63rd: below it an integral double is a <see cref="long"/>.</summary>
    private const double LongLimit = 9223372036854775808d;

    public static double ToDouble(ReadOnlySpan<byte> lexeme) =>
        double.Parse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The canonical form of an integer lexeme, which is itself but for a negative zero.</summary>
    public static ReadOnlySpan<byte> OfInteger(ReadOnlySpan<byte> lexeme) =>
        lexeme is [(byte)'-', (byte)'0'] ? "0"u8 : lexeme;

    /// <summary>
    /// Sees without arithmetic that a lexeme with a point is its own canonical form: up to 15 digits name a double
    /// that no other decimal of up to 15 digits names, so that the shortest text of that double is the lexeme.
    /// False only means that it has to be written.
    /// </summary>
    public static bool IsCanonical(ReadOnlySpan<byte> lexeme)
    {
        var digits = lexeme[0] == (byte)'-' ? lexeme[1..] : lexeme;
        var point = digits.IndexOf((byte)'.');
        return point > 0
            && digits.Length <= SafeDigits + 1
            && digits[^1] != (byte)'0'
            && !digits.StartsWith("0.0000"u8)
            && !digits.ContainsAny((byte)'e', (byte)'E');
    }

    /// <summary>Writes the canonical form of a number with a point or an exponent; needs <see cref="MaxFloatLength"/> bytes of room.</summary>
    public static int WriteFloat(ReadOnlySpan<byte> lexeme, Span<byte> destination)
    {
        if (IsCanonical(lexeme))
        {
            lexeme.CopyTo(destination);
            return lexeme.Length;
        }

        var value = ToDouble(lexeme);
        int written;
        if (value != Math.Truncate(value))
        {
            return WriteFraction(value, destination);
        }

        if (Math.Abs(value) < LongLimit)
        {
            ((long)value).TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
            return written;
        }

        // "F0" prints every digit of the exact value.
        value.TryFormat(destination, out written, "F0", CultureInfo.InvariantCulture);
        return written;
    }

    private static int WriteFraction(double value, Span<byte> destination)
    {
        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        text = text[..length];
        var exponentAt = text.IndexOf((byte)'E');
        if (exponentAt < 0 && DecimalExponentFits(value))
        {
            text.CopyTo(destination);
            return length;
        }

        return WriteRewritten(text, exponentAt, destination);
    }

    private static bool DecimalExponentFits(double value) => Math.Abs(value) >= 0.0001;

    /// <summary>Takes the shortest digits and their exponent out of the framework's notation and puts them into Python's.</summary>
    private static int WriteRewritten(ReadOnlySpan<byte> text, int exponentAt, Span<byte> destination)
    {
        var at = 0;
        if (text[0] == (byte)'-')
        {
            destination[at++] = (byte)'-';
            text = text[1..];
            exponentAt = exponentAt < 0 ? exponentAt : exponentAt - 1;
        }

        var exponent = exponentAt < 0 ? 0 : int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        Span<byte> digits = stackalloc byte[40];
        var count = 0;
        var leading = 0;
        var pointAt = mantissa.IndexOf((byte)'.');
        foreach (var c in mantissa)
        {
            if (c == (byte)'.')
            {
                continue;
            }

            if (count == 0 && c == (byte)'0')
            {
                leading++;
                continue;
            }

            digits[count++] = c;
        }

        // The power of ten of the first digit that counts.
        var power = exponent + (pointAt < 0 ? mantissa.Length : pointAt) - 1 - leading;
        digits = digits[..count].TrimEnd((byte)'0');
        return at + (power is >= -4 and < 16 ? WritePlain(digits, power, destination[at..]) : WriteScientific(digits, power, destination[at..]));
    }

    private static int WritePlain(ReadOnlySpan<byte> digits, int power, Span<byte> destination)
    {
        var at = 0;
        if (power < 0)
        {
            destination[at++] = (byte)'0';
            destination[at++] = (byte)'.';
            for (var i = -1; i > power; i--)
            {
                destination[at++] = (byte)'0';
            }

            digits.CopyTo(destination[at..]);
            return at + digits.Length;
        }

        // A value with a fraction has more digits than its integer part: a point always stands between.
        digits[..(power + 1)].CopyTo(destination);
        destination[power + 1] = (byte)'.';
        digits[(power + 1)..].CopyTo(destination[(power + 2)..]);
        return digits.Length + 1;
    }

    private static int WriteScientific(ReadOnlySpan<byte> digits, int power, Span<byte> destination)
    {
        var at = 0;
        destination[at++] = digits[0];
        if (digits.Length > 1)
        {
            destination[at++] = (byte)'.';
            digits[1..].CopyTo(destination[at..]);
            at += digits.Length - 1;
        }

        destination[at++] = (byte)'e';
        destination[at++] = power < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(power).TryFormat(destination[at..], out var written, "00", CultureInfo.InvariantCulture);
        return at + written;
    }
}
