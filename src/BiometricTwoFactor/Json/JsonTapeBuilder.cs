using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace BiometricTwoFactor;

/// <summary>
/// Fills a <see cref="JsonTape"/> from the framework's <see cref="Utf8JsonReader"/>, which knows the grammar, and adds
/// what it does not refuse: invalid UTF-8, lone surrogates, duplicate members, overflowing numbers. The reader's
/// exceptions end here.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct JsonTapeBuilder
{
    /// <summary>Below this length a number without an exponent cannot exceed the greatest double, which has 309 digits.</summary>
    private const int ShortestOverflow = 309;

    private readonly byte[] _bytes;
    private readonly int _documentLength;
    private JsonNode[] _nodes;
    private int _count;
    private int _decodedEnd;

    private JsonTapeBuilder(byte[] bytes, int documentLength, JsonNode[] nodes)
    {
        _bytes = bytes;
        _documentLength = documentLength;
        _decodedEnd = documentLength;
        _nodes = nodes;
    }

    public static JsonReadError Build(ReadOnlySpan<byte> json, int maxDepth, out JsonTape tape)
    {
        tape = default;
        if (json.StartsWith("\uFEFF"u8))
        {
            return JsonReadError.ByteOrderMark;
        }

        if (!Utf8.IsValid(json))
        {
            return JsonReadError.NotUtf8;
        }

        // A decoded text is never longer than its escaped form, so that a second half of the same size holds them all.
        var capacity = json.Contains((byte)'\\') ? json.Length * 2 : json.Length;
        var builder = new JsonTapeBuilder(
            ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 1)), json.Length, ArrayPool<JsonNode>.Shared.Rent(Math.Max(32, json.Length / 12)));
        json.CopyTo(builder._bytes);
        var error = builder.Fill(maxDepth);
        if (error == JsonReadError.None)
        {
            tape = new JsonTape(builder._bytes, builder._decodedEnd, builder._nodes);
            return error;
        }

        JsonTape.ReturnCleared(builder._bytes, builder._decodedEnd);
        ArrayPool<JsonNode>.Shared.Return(builder._nodes);
        return error;
    }

    private JsonReadError Fill(int maxDepth)
    {
        try
        {
            return Read(maxDepth);
        }
        catch (JsonException)
        {
            return JsonReadError.Malformed;
        }
    }

    private JsonReadError Read(int maxDepth)
    {
        // One level more than is allowed, so that the depth is refused here and without an exception.
        var reader = new Utf8JsonReader(_bytes.AsSpan(0, _documentLength), new JsonReaderOptions { MaxDepth = maxDepth + 1 });
        Span<OpenContainer> open = stackalloc OpenContainer[maxDepth];
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return JsonReadError.NotAnObject;
        }

        ref var root = ref Add();
        root.Kind = JsonNodeKind.Object;
        root.Start = -1;
        open[0] = new OpenContainer { Index = 0, LastMember = -1 };
        var depth = 0;
        while (reader.Read())
        {
            ref var parent = ref open[depth];
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                _nodes[parent.Index].End = _count;
                if (parent.OutOfOrder && !MemberOrder.TryArrange(_bytes, _nodes, parent.Index))
                {
                    return JsonReadError.DuplicateMember;
                }

                depth--;
                continue;
            }

            ref var node = ref Add();
            _nodes[parent.Index].Length++;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryText(ref reader, out node.NameStart, out node.NameLength, out node.NameEscaped))
                {
                    return JsonReadError.LoneSurrogate;
                }

                Chain(ref parent, in node);
                reader.Read();
            }

            var error = Value(ref reader, ref node);
            if (error != JsonReadError.None)
            {
                return error;
            }

            if (node.Kind is JsonNodeKind.Object or JsonNodeKind.Array)
            {
                if (++depth == maxDepth)
                {
                    return JsonReadError.TooDeep;
                }

                open[depth] = new OpenContainer { Index = _count - 1, LastMember = -1 };
            }
        }

        return JsonReadError.None;
    }

    private JsonReadError Value(scoped ref Utf8JsonReader reader, ref JsonNode node)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                node.Kind = JsonNodeKind.Object;
                node.Start = -1;
                return JsonReadError.None;
            case JsonTokenType.StartArray:
                node.Kind = JsonNodeKind.Array;
                return JsonReadError.None;
            case JsonTokenType.String:
                node.Kind = JsonNodeKind.String;
                return TryText(ref reader, out node.Start, out node.Length, out node.Escaped) ? JsonReadError.None : JsonReadError.LoneSurrogate;
            case JsonTokenType.Number:
                node.Start = (int)reader.TokenStartIndex;
                node.Length = reader.ValueSpan.Length;
                node.Kind = Classify(reader.ValueSpan);
                return node.Kind == JsonNodeKind.Missing ? JsonReadError.NumberOverflow : JsonReadError.None;
            case JsonTokenType.True:
                node.Kind = JsonNodeKind.True;
                return JsonReadError.None;
            case JsonTokenType.False:
                node.Kind = JsonNodeKind.False;
                return JsonReadError.None;
            default:
                node.Kind = JsonNodeKind.Null;
                return JsonReadError.None;
        }
    }

    private static JsonNodeKind Classify(ReadOnlySpan<byte> lexeme)
    {
        if (!lexeme.ContainsAny((byte)'.', (byte)'e', (byte)'E'))
        {
            return JsonNodeKind.Integer;
        }

        var mayOverflow = lexeme.Length >= ShortestOverflow || lexeme.ContainsAny((byte)'e', (byte)'E');
        return mayOverflow && !double.IsFinite(CanonicalNumber.ToDouble(lexeme)) ? JsonNodeKind.Missing : JsonNodeKind.Float;
    }

    private ref JsonNode Add()
    {
        if (_count == _nodes.Length)
        {
            var larger = ArrayPool<JsonNode>.Shared.Rent(_nodes.Length * 2);
            _nodes.CopyTo(larger, 0);
            ArrayPool<JsonNode>.Shared.Return(_nodes);
            _nodes = larger;
        }

        ref var node = ref _nodes[_count++];
        node = new JsonNode { End = _count, NextMember = -1 };
        return ref node;
    }

    /// <summary>Appends the last node to its object's canonical order while the members come in that order, as the provider's do.</summary>
    private readonly void Chain(scoped ref OpenContainer parent, in JsonNode member)
    {
        var last = parent.LastMember;
        parent.LastMember = _count - 1;
        if (last < 0)
        {
            _nodes[parent.Index].Start = _count - 1;
        }
        else if (MemberOrder.CompareNames(_bytes, in _nodes[last], in member) < 0)
        {
            _nodes[last].NextMember = _count - 1;
        }
        else
        {
            // Another order, or the same name twice: the sort at the object's end tells which.
            parent.OutOfOrder = true;
        }
    }

    private bool TryText(scoped ref Utf8JsonReader reader, out int start, out int length, out bool escaped)
    {
        var raw = reader.ValueSpan;
        escaped = reader.ValueIsEscaped;
        if (!escaped)
        {
            start = (int)reader.TokenStartIndex + 1;
            length = raw.Length;
            return true;
        }

        start = _decodedEnd;
        var whole = JsonEscapes.TryDecode(raw, _bytes.AsSpan(start), out length);
        _decodedEnd += length;
        return whole;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct OpenContainer
    {
        public int Index;
        public int LastMember;
        public bool OutOfOrder;
    }
}
