using System.Diagnostics.CodeAnalysis;

namespace BiometricTwoFactor;

/// <summary>
/// The top-level members of a session's metadata whose values are strings, numbers or booleans. Nested values are
/// never compared and therefore not kept. A number is kept as its canonical text (contract 4.5), the same that the
/// signature covers. Prints nothing of its content.
/// </summary>
public sealed class SessionMetadata
{
    private readonly IReadOnlyDictionary<string, MetadataValue> _values;

    /// <summary>Makes metadata from its members.</summary>
    public SessionMetadata(IReadOnlyDictionary<string, MetadataValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
    }

    /// <summary>No members: what a missing, null or non-object metadata reads as.</summary>
    public static SessionMetadata Empty { get; } = new(new Dictionary<string, MetadataValue>(StringComparer.Ordinal));

    /// <summary>How many members there are.</summary>
    public int Count => _values.Count;

    /// <summary>Looks a member up by its exact name.</summary>
    public bool TryGet(string name, out MetadataValue value) => _values.TryGetValue(name, out value);

    /// <summary>A member that is a JSON string; null when it is missing or of another kind.</summary>
    public string? GetString(string name) =>
        _values.TryGetValue(name, out var value) && value.Kind == MetadataValueKind.String ? value.Text : null;

    /// <summary>Only the number of members: metadata may name people and accounts.</summary>
    public override string ToString() => $"{_values.Count} members";
}

/// <summary>The JSON kind of a metadata member.</summary>
public enum MetadataValueKind
{
    /// <summary>JSON null, an object or an array: no value that can be compared.</summary>
    None = 0,

    /// <summary>A JSON string.</summary>
    String,

    /// <summary>A JSON number; its text is the canonical one.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
}

/// <summary>One member of a session's metadata.</summary>
/// <param name="Kind">Its JSON kind.</param>
/// <param name="Text">The decoded string, the canonical number, or <c>true</c> and <c>false</c>; empty for <see cref="MetadataValueKind.None"/>.</param>
[SuppressMessage("Design", "MA0048", Justification = "Companion of SessionMetadata.")]
public readonly record struct MetadataValue(MetadataValueKind Kind, string Text);
