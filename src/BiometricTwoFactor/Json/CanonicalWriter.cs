using System.Buffers;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor;

/// <summary>
/// Writes the canonical form of a parsed document (contract 4.5, step 3) into pooled memory. Dispose clears it.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct CanonicalWriter
{
    private static readonly SearchValues<byte> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static c => (byte)c), (byte)'"', (byte)'\\']);

    private readonly byte[] _source;
    private readonly JsonNode[] _nodes;
    private readonly long _limit;
    private byte[] _buffer;
    private int _length;

    private CanonicalWriter(in JsonTape tape, int documentLength)
    {
        _source = tape.Bytes;
        _nodes = tape.Nodes;

        // A few bytes such as 1e308 become 309 digits. What a sender writes grows hardly at all, so that a document
        // which swells has no canonical form here, rather than a costly one.
        _limit = (4L * documentLength) + (64 * 1024);
        _buffer = ArrayPool<byte>.Shared.Rent(documentLength + 64);
    }

    /// <summary>The canonical form.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Writes a document; false when it swells beyond all proportion. Dispose the writer in either case.</summary>
    public static bool TryWrite(in JsonTape tape, int documentLength, out CanonicalWriter writer)
    {
        writer = new CanonicalWriter(in tape, documentLength);
        return writer.Value(0);
    }

    public void Dispose()
    {
        JsonTape.ReturnCleared(_buffer, _length);
        _buffer = [];
        _length = 0;
    }

    private bool Value(int index)
    {
        ref readonly var node = ref _nodes[index];
        switch (node.Kind)
        {
            case JsonNodeKind.Object:
                return Object(in node);
            case JsonNodeKind.Array:
                return Array(in node, index);
            case JsonNodeKind.String:
                return String(node.Start, node.Length, node.Escaped);
            case JsonNodeKind.Integer:
                return Raw(CanonicalNumber.OfInteger(_source.AsSpan(node.Start, node.Length)));
            case JsonNodeKind.Float:
                if (!Reserve(CanonicalNumber.MaxFloatLength))
                {
                    return false;
                }

                _length += CanonicalNumber.WriteFloat(_source.AsSpan(node.Start, node.Length), _buffer.AsSpan(_length));
                return true;
            case JsonNodeKind.True:
                return Raw("true"u8);
            case JsonNodeKind.False:
                return Raw("false"u8);
            default:
                return Raw("null"u8);
        }
    }

    private bool Object(ref readonly JsonNode node)
    {
        if (!Raw("{"u8))
        {
            return false;
        }

        for (var member = node.Start; member >= 0; member = _nodes[member].NextMember)
        {
            ref readonly var at = ref _nodes[member];
            if ((member != node.Start && !Raw(","u8)) || !String(at.NameStart, at.NameLength, at.NameEscaped) || !Raw(":"u8) || !Value(member))
            {
                return false;
            }
        }

        return Raw("}"u8);
    }

    private bool Array(ref readonly JsonNode node, int index)
    {
        if (!Raw("["u8))
        {
            return false;
        }

        for (var item = index + 1; item < node.End; item = _nodes[item].End)
        {
            if ((item != index + 1 && !Raw(","u8)) || !Value(item))
            {
                return false;
            }
        }

        return Raw("]"u8);
    }

    private bool String(int start, int length, bool escaped)
    {
        if (!Reserve(length + 2))
        {
            return false;
        }

        _buffer[_length++] = (byte)'"';
        var text = _source.AsSpan(start, length);
        if (!escaped)
        {
            // Without escapes on the wire there is nothing in it that needs one.
            text.CopyTo(_buffer.AsSpan(_length));
            _length += length;
        }
        else if (!Escaped(text))
        {
            return false;
        }

        return Raw("\""u8);
    }

    private bool Escaped(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var next = text.IndexOfAny(MustEscape);
            if (next < 0)
            {
                return Raw(text);
            }

            if (!Raw(text[..next]) || !Escape(text[next]))
            {
                return false;
            }

            text = text[(next + 1)..];
        }
    }

    private bool Escape(byte c) => c switch
    {
        (byte)'"' => Raw("\\\""u8),
        (byte)'\\' => Raw("\\\\"u8),
        (byte)'\b' => Raw("\\b"u8),
        (byte)'\f' => Raw("\\f"u8),
        (byte)'\n' => Raw("\\n"u8),
        (byte)'\r' => Raw("\\r"u8),
        (byte)'\t' => Raw("\\t"u8),
        _ => Raw([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)('0' + (c >> 4)), "0123456789abcdef"u8[c & 15]]),
    };

    private bool Raw(scoped ReadOnlySpan<byte> bytes)
    {
        if (!Reserve(bytes.Length))
        {
            return false;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
        return true;
    }

    private bool Reserve(int more)
    {
        if (_length + (long)more > _limit)
        {
            return false;
        }

        if (_buffer.Length - _length >= more)
        {
            return true;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + more));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        JsonTape.ReturnCleared(_buffer, _length);
        _buffer = larger;
        return true;
    }
}
