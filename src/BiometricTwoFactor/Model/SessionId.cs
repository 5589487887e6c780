using System.Diagnostics.CodeAnalysis;

namespace BiometricTwoFactor;

/// <summary>
/// The provider's id of a session: 1 to 128 letters, digits, <c>-</c> and <c>_</c>, so that it can stand in a path
/// without becoming one. A UUID is kept in lower case, as the provider's routes demand (contract 2).
/// </summary>
public readonly struct SessionId : IEquatable<SessionId>
{
    private readonly string? _value;

    private SessionId(string value) => _value = value;

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static SessionId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A session id is 1 to 128 letters, digits, '-' and '_'.");

    /// <summary>Reads an id; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id)
    {
        id = default;
        if (text is null or { Length: 0 or > 128 })
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        id = new SessionId(Guid.TryParseExact(text, "D", out _) ? text.ToLowerInvariant() : text);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(SessionId other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SessionId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.Ordinal.GetHashCode(_value);

    /// <summary>The id's text; empty for a default value.</summary>
    public override string ToString() => _value ?? "";

    /// <summary>The same id.</summary>
    public static bool operator ==(SessionId left, SessionId right) => left.Equals(right);

    /// <summary>Another id.</summary>
    public static bool operator !=(SessionId left, SessionId right) => !left.Equals(right);
}
