using System.Runtime.InteropServices;

namespace BiometricTwoFactor;

/// <summary>
/// One value of a parsed document. Holds offsets only, never text, so the array of nodes needs no clearing.
/// Containers come before what they hold: the first child of node <c>i</c> is <c>i + 1</c>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct JsonNode
{
    /// <summary>Where the decoded name of a member begins; unused for array items and the root.</summary>
    public int NameStart;

    /// <summary>The decoded name's length in bytes.</summary>
    public int NameLength;

    /// <summary>String: where the decoded text begins. Number: where its lexeme begins. Object: its first member in canonical order, or -1.</summary>
    public int Start;

    /// <summary>String and number: the length in bytes. Object and array: how many children.</summary>
    public int Length;

    /// <summary>The index of the first node behind this one and everything it holds.</summary>
    public int End;

    /// <summary>The next member of the same object in canonical order, or -1.</summary>
    public int NextMember;

    /// <summary>The kind of the value.</summary>
    public JsonNodeKind Kind;

    /// <summary>The name had escapes on the wire, so the canonical form may need some as well.</summary>
    public bool NameEscaped;

    /// <summary>The string had escapes on the wire.</summary>
    public bool Escaped;
}
