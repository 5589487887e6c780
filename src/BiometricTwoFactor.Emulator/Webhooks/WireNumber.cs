using System.Globalization;
using System.Numerics;

namespace BiometricTwoFactor.Emulator;

/// <summary>A number as the provider rewrites it before signing (contract 4.5 and 4.7).</summary>
internal static class WireNumber
{
    public static string Write(string lexeme)
    {
        if (lexeme.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            return lexeme == "-0" ? "0" : lexeme;
        }

        var value = double.Parse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsInteger(value)
            ? new BigInteger(value).ToString(CultureInfo.InvariantCulture)
            : Shortest(value);
    }

    /// <summary>Whether the number can be signed at all: one that overflows a double cannot.</summary>
    public static bool IsFinite(string lexeme) =>
        double.TryParse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    /// <summary>Shortest digits that read back the same: plain from 1e-4 on, else with a two-digit exponent.</summary>
    private static string Shortest(double value)
    {
        // "R" has the right digits, but its own idea of when to use an exponent: take it apart and put it together.
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var (whole, fraction) = text[0].Split('.') is [var left, var right] ? (left, right) : (text[0], "");
        var exponent = (whole == "0" ? fraction.TrimStart('0').Length - fraction.Length : whole.Length) - 1
            + (text.Length == 2 ? int.Parse(text[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        var digits = (whole + fraction).TrimStart('0').TrimEnd('0');
        var sign = value < 0 ? "-" : "";
        if (exponent < -4)
        {
            var tail = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{tail}e-{-exponent:00}");
        }

        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
