using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>
/// Brings names, accounts and references to the one form that is stored, shown, sent and hashed.
/// </summary>
internal static class CanonicalText
{
    /// <summary>Stands where somebody decoded badly: two broken names would be one.</summary>
    private const char ReplacementCharacter = '\uFFFD';

    /// <summary>Trims and composes (NFC) a text for people: a payee's name, a reference.</summary>
    /// <returns>Null when the text holds something that cannot be shown truthfully.</returns>
    internal static string? ForPeople(string text) =>
        IsTruthful(text, allowJoiners: true) ? UnicodeNfc.Normalize(text.Trim()) : null;

    /// <summary>Removes spaces from an account's text and writes what has the shape of an IBAN in upper case.</summary>
    /// <returns>Null when the text holds something that cannot be shown truthfully.</returns>
    internal static string? ForAccounts(string text)
    {
        if (!IsTruthful(text, allowJoiners: false))
        {
            return null;
        }

        var spaceless = UnicodeNfc.Normalize(string.Concat(text.Where(c => !char.IsWhiteSpace(c))));
        return HasIbanShape(spaceless) ? spaceless.ToUpperInvariant() : spaceless;
    }

    /// <summary>Two letters, two digits, then letters and digits: 15 (Norway) to 34 in all (ISO 13616).</summary>
    private static bool HasIbanShape(string text) =>
        text.Length is >= 15 and <= 34
        && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1])
        && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3])
        && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>
    /// The payer must see what is hashed (WYSIWYS): control characters, line separators, characters that turn the
    /// writing direction, broken surrogates and unassigned characters can make one text look like another.
    /// The joiners that some scripts need in names are let through where a name is meant.
    /// </summary>
    private static bool IsTruthful(string text, bool allowJoiners)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ReplacementCharacter)
            {
                return false;
            }

            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return false;
                }
            }

            var isJoiner = text[i] is '\u200C' or '\u200D';
            switch (CharUnicodeInfo.GetUnicodeCategory(text, i))
            {
                case UnicodeCategory.Format when isJoiner && allowJoiners:
                    break;
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned:
                    return false;
                default:
                    break;
            }

            if (char.IsHighSurrogate(text[i]))
            {
                i++;
            }
        }

        return true;
    }
}
