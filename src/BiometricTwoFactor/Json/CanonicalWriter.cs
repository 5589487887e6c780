using System.Buffers;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor;

/// <summary>
/// Writes the canonical form of a parsed document (contract 4.5, step 3). What stands in the source as it must stand
/// in the result is collected into runs and copied once; the provider's own bodies are often one single run.
/// Dispose clears and returns the pooled memory; the source must live as long.
/// </summary>
/// <remarks>
/// Nothing but a number with an exponent is ever longer in canonical form than on the wire: escapes are written at
/// least as short as they can be, names and texts keep their bytes. So the buffer starts with the document's length,
/// and only floats ask for more room.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct CanonicalWriter
{
    /// <summary>
    /// A few bytes such as <c>1e308</c> become 309 digits. What a sender writes grows hardly at all, so that a document
    /// which swells beyond this and four times its size has no canonical form here, rather than a costly one.
    /// </summary>
    private const int GrowthForAll = 64 * 1024;

    private static readonly SearchValues<byte> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static c => (byte)c), (byte)'"', (byte)'\\']);

    private readonly byte[] _source;
    private readonly JsonNode[] _nodes;
    private readonly int _documentLength;
    private long _growth;
    private byte[]? _buffer;
    private int _length;

    // The source bytes that come next in the result and have not been copied yet.
    private int _runStart;
    private int _runEnd;

    private CanonicalWriter(in JsonTape tape, int documentLength)
    {
        _source = tape.Bytes;
        _nodes = tape.Nodes;
        _documentLength = documentLength;
    }

    /// <summary>The canonical form.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer is null ? _source.AsSpan(_runStart, _runEnd - _runStart) : _buffer.AsSpan(0, _length);

    /// <summary>Writes a document; false when it swells beyond all proportion. Dispose the writer in either case.</summary>
    public static bool TryWrite(in JsonTape tape, int documentLength, out CanonicalWriter writer)
    {
        writer = new CanonicalWriter(in tape, documentLength);
        if (!writer.TryValue(0))
        {
            return false;
        }

        if (writer._buffer is not null)
        {
            writer.Flush();
        }

        return true;
    }

    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            JsonTape.ReturnCleared(buffer, _length);
        }

        (_runStart, _runEnd) = (0, 0);
    }

    private bool TryValue(int index)
    {
        ref readonly var node = ref _nodes[index];
        switch (node.Kind)
        {
            case JsonNodeKind.Object:
                return TryObject(in node);
            case JsonNodeKind.Array:
                return TryArray(in node, index);
            case JsonNodeKind.String:
                String(node.Start, node.Length, node.Escaped);
                return true;
            case JsonNodeKind.Integer:
                Integer(in node);
                return true;
            case JsonNodeKind.Float:
                return TryFloat(in node);
            case JsonNodeKind.True:
                Text("true"u8);
                return true;
            case JsonNodeKind.False:
                Text("false"u8);
                return true;
            default:
                Text("null"u8);
                return true;
        }
    }

    private bool TryObject(ref readonly JsonNode node)
    {
        Mark((byte)'{');
        for (var member = node.Start; member >= 0; member = _nodes[member].NextMember)
        {
            if (member != node.Start)
            {
                Mark((byte)',');
            }

            ref readonly var at = ref _nodes[member];
            String(at.NameStart, at.NameLength, at.NameEscaped);
            Mark((byte)':');
            if (!TryValue(member))
            {
                return false;
            }
        }

        Mark((byte)'}');
        return true;
    }

    private bool TryArray(ref readonly JsonNode node, int index)
    {
        Mark((byte)'[');
        for (var item = index + 1; item < node.End; item = _nodes[item].End)
        {
            if (item != index + 1)
            {
                Mark((byte)',');
            }

            if (!TryValue(item))
            {
                return false;
            }
        }

        Mark((byte)']');
        return true;
    }

    private void Integer(ref readonly JsonNode node)
    {
        var lexeme = _source.AsSpan(node.Start, node.Length);
        var canonical = CanonicalNumber.OfInteger(lexeme);
        if (canonical.Length == lexeme.Length)
        {
            Source(node.Start, node.Length);
        }
        else
        {
            Raw(canonical);
        }
    }

    private bool TryFloat(ref readonly JsonNode node)
    {
        var lexeme = _source.AsSpan(node.Start, node.Length);
        if (CanonicalNumber.IsCanonical(lexeme))
        {
            Source(node.Start, node.Length);
            return true;
        }

        Flush();
        var written = CanonicalNumber.WriteFloat(lexeme, _buffer.AsSpan(_length));
        _length += written;
        return written <= lexeme.Length || TryGrow(written - lexeme.Length);
    }

    private bool TryGrow(int by)
    {
        _growth += by;
        if (_growth > (3L * _documentLength) + GrowthForAll)
        {
            return false;
        }

        // Room for all that may still come, and for the next float before its growth is known.
        var needed = _documentLength + _growth + CanonicalNumber.MaxFloatLength;
        if (needed > _buffer!.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, _buffer.Length * 2L), Array.MaxLength));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            JsonTape.ReturnCleared(_buffer, _length);
            _buffer = larger;
        }

        return true;
    }

    private void String(int start, int length, bool escaped)
    {
        if (!escaped)
        {
            // Without escapes on the wire there is nothing in it that needs one; its quotes stand around it.
            Source(start - 1, length + 2);
            return;
        }

        Flush();
        _buffer![_length++] = (byte)'"';
        var text = _source.AsSpan(start, length);
        for (var next = text.IndexOfAny(MustEscape); next >= 0; next = text.IndexOfAny(MustEscape))
        {
            Append(text[..next]);
            Escape(text[next]);
            text = text[(next + 1)..];
        }

        Append(text);
        _buffer[_length++] = (byte)'"';
    }

    private void Escape(byte c)
    {
        var shortForm = c switch
        {
            (byte)'"' or (byte)'\\' => c,
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => default,
        };
        if (shortForm != default)
        {
            Append([(byte)'\\', shortForm]);
        }
        else
        {
            Append([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)('0' + (c >> 4)), "0123456789abcdef"u8[c & 15]]);
        }
    }

    /// <summary>A mark of the grammar, taken from the source where it stands there next.</summary>
    private void Mark(byte mark)
    {
        if (_runEnd < _documentLength && _source[_runEnd] == mark)
        {
            _runEnd++;
            return;
        }

        Flush();
        _buffer![_length++] = mark;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        if (_documentLength - _runEnd >= text.Length && _source.AsSpan(_runEnd).StartsWith(text))
        {
            _runEnd += text.Length;
            return;
        }

        Raw(text);
    }

    /// <summary>Bytes of the source as they stand.</summary>
    private void Source(int start, int length)
    {
        if (start != _runEnd)
        {
            Flush();
            _runStart = start;
        }

        _runEnd = start + length;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Flush();
        Append(bytes);
    }

    private void Flush()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(_documentLength + CanonicalNumber.MaxFloatLength);
        Append(_source.AsSpan(_runStart, _runEnd - _runStart));
        _runStart = _runEnd;
    }

    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }
}
