using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>
/// How an amount is written: ASCII digits, optionally one '.' with digits after it, no sign, exponent, grouping, space
/// or leading zero. Everything else that a number parser would take (full-width digits, <c>1e2</c>, <c>1,000.00</c>)
/// is a way to have two readers see two amounts (attack 49).
/// </summary>
internal static class AmountGrammar
{
    /// <summary>A decimal holds 28 digits exactly; more would be rounded without a word.</summary>
    private const int MostDigits = 28;

    /// <summary>Reads an amount exactly, or not at all.</summary>
    /// <param name="text">The text as received.</param>
    /// <param name="value">The value.</param>
    /// <param name="significantDigits">Digits from the first that is not zero to the last written one.</param>
    internal static bool TryParse(ReadOnlySpan<char> text, out decimal value, out int significantDigits)
    {
        value = 0;
        significantDigits = 0;
        if (text.IsEmpty || text.Length > MostDigits + 1)
        {
            return false;
        }

        var point = -1;
        var digits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.')
            {
                if (point >= 0)
                {
                    return false;
                }

                point = i;
            }
            else if (char.IsAsciiDigit(c))
            {
                digits++;
                if (significantDigits > 0 || c != '0')
                {
                    significantDigits++;
                }
            }
            else
            {
                return false;
            }
        }

        var integerDigits = point < 0 ? text.Length : point;
        var leadingZero = integerDigits > 1 && text[0] == '0';
        if (digits > MostDigits || integerDigits == 0 || point == text.Length - 1 || leadingZero)
        {
            return false;
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The amount with exactly the currency's digits: <c>247.50</c>, <c>1000</c>, <c>1.234</c>.</summary>
    internal static string Write(decimal value, int exponent) =>
        value.ToString("F" + exponent.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
