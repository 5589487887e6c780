using System.Security.Cryptography;

namespace Bank;

/// <summary>Account numbers with check digits (ISO 13616).</summary>
internal static class Iban
{
    private const string Country = "DE";
    private const string BankCode = "50010060";

    /// <summary>A new account number of this bank.</summary>
    public static string Create()
    {
        var account = BankCode + RandomNumberGenerator.GetString("0123456789", 10);
        return $"{Country}{98 - Remainder(account + Country + "00"):00}{account}";
    }

    public static bool IsValid(string? text)
    {
        var compact = Compact(text);
        return compact.Length is >= 15 and <= 34
            && compact.All(char.IsAsciiLetterOrDigit)
            && compact[..2].All(char.IsAsciiLetterUpper) && compact[2..4].All(char.IsAsciiDigit)
            && Remainder(compact[4..] + compact[..4]) == 1;
    }

    /// <summary>Without spaces, in upper case.</summary>
    public static string Compact(string? text) => (text ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>In groups of four, as people read it.</summary>
    public static string Spaced(string iban) => string.Join(' ', iban.Chunk(4).Select(four => new string(four)));

    private static int Remainder(string text)
    {
        var remainder = 0;
        foreach (var c in text)
        {
            // A letter counts as two digits: A is 10, Z is 35.
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = ((remainder * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return remainder;
    }
}
