using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>A place in a <see cref="JsonTape"/>, or nowhere. Names are compared byte for byte: <c>STATUS</c> is not <c>status</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct JsonCursor(byte[] bytes, JsonNode[] nodes, int index)
{
    private ref readonly JsonNode Node => ref nodes[index];

    /// <summary>The kind of the value; <see cref="JsonNodeKind.Missing"/> when there is none.</summary>
    public JsonNodeKind Kind => nodes is null ? JsonNodeKind.Missing : Node.Kind;

    /// <summary>There is a member, be it null.</summary>
    public bool Exists => Kind != JsonNodeKind.Missing;

    /// <summary>There is a value other than null.</summary>
    public bool HasValue => Kind is not (JsonNodeKind.Missing or JsonNodeKind.Null);

    public bool IsObject => Kind == JsonNodeKind.Object;

    public bool IsString => Kind == JsonNodeKind.String;

    public bool IsNumber => Kind is JsonNodeKind.Integer or JsonNodeKind.Float;

    /// <summary>How many members or items.</summary>
    public int Count => Kind is JsonNodeKind.Object or JsonNodeKind.Array ? Node.Length : 0;

    /// <summary>Which node this is.</summary>
    public int Index => index;

    /// <summary>The decoded text of a string; empty for anything else.</summary>
    public ReadOnlySpan<byte> Utf8 => IsString ? bytes.AsSpan(Node.Start, Node.Length) : default;

    /// <summary>The decoded name of a member.</summary>
    public ReadOnlySpan<byte> Name => bytes.AsSpan(Node.NameStart, Node.NameLength);

    /// <summary>The children in the order of the document.</summary>
    public Children Items => new(bytes, nodes, Kind is JsonNodeKind.Object or JsonNodeKind.Array ? index : -1);

    /// <summary>The member of that exact name; nowhere when there is none or this is no object.</summary>
    public JsonCursor this[ReadOnlySpan<byte> name]
    {
        get
        {
            if (Kind != JsonNodeKind.Object)
            {
                return default;
            }

            for (int child = index + 1, end = Node.End; child < end; child = nodes[child].End)
            {
                ref readonly var node = ref nodes[child];
                if (node.NameLength == name.Length && bytes.AsSpan(node.NameStart, node.NameLength).StartsWith(name))
                {
                    return new JsonCursor(bytes, nodes, child);
                }
            }

            return default;
        }
    }

    /// <summary>Another node of the same tape.</summary>
    public JsonCursor At(int other) => new(bytes, nodes, other);

    /// <summary>The text of a string; null for anything else.</summary>
    public string? AsString() => IsString ? Encoding.UTF8.GetString(Utf8) : null;

    /// <summary>True, false, or null for anything else.</summary>
    public bool? AsBoolean() => Kind switch
    {
        JsonNodeKind.True => true,
        JsonNodeKind.False => false,
        _ => null,
    };

    /// <summary>The canonical text of a number: what the signature covers, and the only thing a value is ever read from.</summary>
    public string? AsCanonicalNumber()
    {
        switch (Kind)
        {
            case JsonNodeKind.Integer:
                return Encoding.ASCII.GetString(CanonicalNumber.OfInteger(Lexeme));
            case JsonNodeKind.Float:
                Span<byte> text = stackalloc byte[CanonicalNumber.MaxFloatLength];
                return Encoding.ASCII.GetString(text[..CanonicalNumber.WriteFloat(Lexeme, text)]);
            default:
                return null;
        }
    }

    /// <summary>A number as a decimal, read from its canonical text; null for anything else or beyond a decimal's range.</summary>
    public decimal? AsDecimal()
    {
        if (!IsNumber)
        {
            return null;
        }

        if (Kind == JsonNodeKind.Integer || CanonicalNumber.IsCanonical(Lexeme))
        {
            return ParseDecimal(Lexeme);
        }

        Span<byte> text = stackalloc byte[CanonicalNumber.MaxFloatLength];
        return ParseDecimal(text[..CanonicalNumber.WriteFloat(Lexeme, text)]);
    }

    /// <summary>A number that is integral in its canonical text and fits; null for anything else.</summary>
    public long? AsInt64() => Kind switch
    {
        JsonNodeKind.Integer => ParseInt64(Lexeme),
        JsonNodeKind.Float => IntegralFloat(),
        _ => null,
    };

    /// <summary>The number is integral in its canonical text, of whatever size.</summary>
    public bool IsIntegral => Kind == JsonNodeKind.Integer || (Kind == JsonNodeKind.Float && double.IsInteger(CanonicalNumber.ToDouble(Lexeme)));

    /// <summary>Both are the same text, or the same number, or the same literal; containers are never equal.</summary>
    public bool SameScalar(JsonCursor other) =>
        IsNumber && other.IsNumber
            ? string.Equals(AsCanonicalNumber(), other.AsCanonicalNumber(), StringComparison.Ordinal)
            : Kind == other.Kind
              && Kind is not (JsonNodeKind.Object or JsonNodeKind.Array)
              && Utf8.Length == other.Utf8.Length
              && Utf8.StartsWith(other.Utf8);

    private ReadOnlySpan<byte> Lexeme => bytes.AsSpan(Node.Start, Node.Length);

    private long? IntegralFloat()
    {
        Span<byte> text = stackalloc byte[CanonicalNumber.MaxFloatLength];
        return ParseInt64(text[..CanonicalNumber.WriteFloat(Lexeme, text)]);
    }

    private static long? ParseInt64(ReadOnlySpan<byte> canonical) =>
        long.TryParse(canonical, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static decimal? ParseDecimal(ReadOnlySpan<byte> canonical) =>
        decimal.TryParse(canonical, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Walks members or items.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Children(byte[] bytes, JsonNode[] nodes, int parent)
    {
        private int _next = parent + 1;

        public JsonCursor Current { get; private set; }

        public readonly Children GetEnumerator() => this;

        public bool MoveNext()
        {
            if (parent < 0 || _next >= nodes[parent].End)
            {
                return false;
            }

            Current = new JsonCursor(bytes, nodes, _next);
            _next = nodes[_next].End;
            return true;
        }
    }
}
