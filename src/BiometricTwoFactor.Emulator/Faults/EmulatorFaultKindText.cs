using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>The kinds of fault in the control API's words, such as <c>webhook_delay</c>: exactly these, in both directions.</summary>
internal static class EmulatorFaultKindText
{
    private static readonly FrozenDictionary<string, EmulatorFaultKind> Kinds = Enum.GetValues<EmulatorFaultKind>()
        .Where(kind => kind != EmulatorFaultKind.None)
        .ToFrozenDictionary(SnakeCase, StringComparer.Ordinal);

    private static readonly FrozenDictionary<EmulatorFaultKind, string> Texts =
        Kinds.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>Every kind that can be planned, in the order in which they are declared.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Texts.OrderBy(entry => entry.Key).Select(entry => entry.Value)];

    /// <summary>False, and <see cref="EmulatorFaultKind.None"/>, for anything that is not exactly a kind's text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EmulatorFaultKind kind)
    {
        kind = EmulatorFaultKind.None;
        return text is not null && Kinds.TryGetValue(text, out kind);
    }

    /// <exception cref="ArgumentOutOfRangeException">There is no such kind, or it is <see cref="EmulatorFaultKind.None"/>.</exception>
    public static string ToWire(EmulatorFaultKind kind) =>
        Texts.TryGetValue(kind, out var text) ? text : throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of fault.");

    private static string SnakeCase(EmulatorFaultKind kind)
    {
        var text = new StringBuilder();
        foreach (var c in kind.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
