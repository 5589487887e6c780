using System.Collections.Frozen;

namespace BiometricTwoFactor;

/// <summary>
/// The active currencies of ISO 4217 and how many decimals each has (its exponent). Codes without an exponent
/// (precious metals, test codes, special drawing rights) are left out: nobody is paid in them.
/// </summary>
internal static class Currencies
{
    private const string WithoutDecimals =
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string WithTwoDecimals =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD " +
        "CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP " +
        "GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT " +
        "LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN " +
        "NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE " +
        "SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES " +
        "WST XCD XCG YER ZAR ZMW ZWG";

    private const string WithThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";

    private const string WithFourDecimals = "CLF UYW";

    private static readonly FrozenDictionary<string, int> Exponents =
        All(WithoutDecimals, 0)
            .Concat(All(WithTwoDecimals, 2))
            .Concat(All(WithThreeDecimals, 3))
            .Concat(All(WithFourDecimals, 4))
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Finds a currency; the code is read in either case, in ASCII only.</summary>
    internal static bool TryFind(string? text, out string code, out int exponent)
    {
        code = "";
        exponent = 0;
        if (text is not { Length: 3 } || !char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1]) || !char.IsAsciiLetter(text[2]))
        {
            return false;
        }

        code = text.ToUpperInvariant();
        return Exponents.TryGetValue(code, out exponent);
    }

    private static IEnumerable<KeyValuePair<string, int>> All(string codes, int exponent) =>
        codes.Split(' ').Select(code => KeyValuePair.Create(code, exponent));
}
