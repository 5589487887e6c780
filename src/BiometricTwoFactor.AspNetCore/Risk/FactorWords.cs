using System.Collections.Frozen;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What the words of <c>amr</c> (RFC 8176) are worth. Unknown words, conclusions such as <c>mfa</c>, and everything that goes
/// by telephone are worth nothing: the face took the place of codes by SMS, and no proof brings them back.
/// </summary>
internal static class FactorWords
{
    private const int MostWords = 8;

    private static readonly FrozenSet<string> Possession = FrozenSet.Create(StringComparer.Ordinal, "hwk", "swk", "sc", "otp", "pop");
    private static readonly FrozenSet<string> Inherence = FrozenSet.Create(StringComparer.Ordinal, "fpt", "iris", "retina", "vbm");

    /// <summary>May stand beside a factor, and are none that counts alone.</summary>
    private static readonly FrozenSet<string> Beside = FrozenSet.Create(StringComparer.Ordinal, "pin", "pwd", "kba", "user", "wia", "geo", "rba");

    /// <summary>True for a second factor beside a face: something that the person has, since the face is what the person is.</summary>
    public static bool ProvePossession(IReadOnlyCollection<string>? words) => AreKnown(words) && words!.Any(Possession.Contains);

    /// <summary>True for what may take a face's place: something that the person has, or is.</summary>
    public static bool EqualAFace(IReadOnlyCollection<string>? words) => AreKnown(words) && words!.Any(word => Possession.Contains(word) || Inherence.Contains(word));

    /// <summary>Both lists, each word once, in the order in which they came.</summary>
    public static IReadOnlyList<string> Joined(IReadOnlyList<string> known, IReadOnlyCollection<string> added) => [.. known.Concat(added).Distinct(StringComparer.Ordinal)];

    private static bool AreKnown(IReadOnlyCollection<string>? words) =>
        words is { Count: > 0 and <= MostWords }
        && words.All(word => word is not null && (Possession.Contains(word) || Inherence.Contains(word) || Beside.Contains(word)));
}
