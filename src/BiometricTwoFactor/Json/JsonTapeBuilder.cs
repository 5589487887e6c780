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
        catch (InvalidOperationException)
        {
            // What the reader throws for an escaped surrogate without its other half; the grammar was right so far.
            return JsonReadError.LoneSurrogate;
        }
    }

    private JsonReadError Read(int maxDepth)
    {
        // One level more than is allowed, so that the depth is refused here and without an exception.
        var reader = new Utf8JsonReader(_bytes.AsSpan(0, _documentLength), new JsonReaderOptions { MaxDepth = maxDepth + 1 });
        Span<OpenContainer> open = stackalloc OpenContainer[JsonTape.GreatestMaxDepth];
        var depth = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return JsonReadError.NotAnObject;
        }

        var root = Add(JsonNodeKind.Object);
        open[0] = new OpenContainer { Index = root, LastMember = -1 };
        _nodes[root].Start = -1;
        while (reader.Read())
        {
            ref var parent = ref open[depth];
            var token = reader.TokenType;
            if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                _nodes[parent.Index].End = _count;
                if (parent.OutOfOrder && !MemberOrder.TryArrange(_bytes, _nodes, parent.Index))
                {
                    return JsonReadError.DuplicateMember;
                }

                depth--;
                continue;
            }

            int node;
            if (token == JsonTokenType.PropertyName)
            {
                node = Add(JsonNodeKind.Null);
                _nodes[node].NameStart = Text(ref reader, out _nodes[node].NameLength, out _nodes[node].NameEscaped);
                if (!Chain(ref parent, node))
                {
                    return JsonReadError.DuplicateMember;
                }

                reader.Read();
                token = reader.TokenType;
            }
            else
            {
                node = Add(JsonNodeKind.Null);
            }

            _nodes[parent.Index].Length++;
            switch (token)
            {
                case JsonTokenType.StartObject:
                case JsonTokenType.StartArray:
                    if (++depth == maxDepth)
                    {
                        return JsonReadError.TooDeep;
                    }

                    _nodes[node].Kind = token == JsonTokenType.StartObject ? JsonNodeKind.Object : JsonNodeKind.Array;
                    _nodes[node].Start = -1;
                    open[depth] = new OpenContainer { Index = node, LastMember = -1 };
                    break;
                case JsonTokenType.String:
                    _nodes[node].Kind = JsonNodeKind.String;
                    _nodes[node].Start = Text(ref reader, out _nodes[node].Length, out _nodes[node].Escaped);
                    break;
                case JsonTokenType.Number:
                    _nodes[node].Start = (int)reader.TokenStartIndex;
                    _nodes[node].Length = reader.ValueSpan.Length;
                    _nodes[node].Kind = Classify(reader.ValueSpan);
                    if (_nodes[node].Kind == JsonNodeKind.Missing)
                    {
                        return JsonReadError.NumberOverflow;
                    }

                    break;
                case JsonTokenType.True:
                    _nodes[node].Kind = JsonNodeKind.True;
                    break;
                case JsonTokenType.False:
                    _nodes[node].Kind = JsonNodeKind.False;
                    break;
                default:
                    break;
            }
        }

        return JsonReadError.None;
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

    private int Add(JsonNodeKind kind)
    {
        if (_count == _nodes.Length)
        {
            var larger = ArrayPool<JsonNode>.Shared.Rent(_nodes.Length * 2);
            _nodes.CopyTo(larger, 0);
            ArrayPool<JsonNode>.Shared.Return(_nodes);
            _nodes = larger;
        }

        _nodes[_count] = new JsonNode { Kind = kind, End = _count + 1, NextMember = -1 };
        return _count++;
    }

    /// <summary>Appends a member to its object's canonical order while the members come in that order, as the provider's do.</summary>
    private readonly bool Chain(scoped ref OpenContainer parent, int member)
    {
        var last = parent.LastMember;
        parent.LastMember = member;
        if (last < 0)
        {
            _nodes[parent.Index].Start = member;
            return true;
        }

        var order = MemberOrder.CompareNames(_bytes, in _nodes[last], in _nodes[member]);
        if (order < 0)
        {
            _nodes[last].NextMember = member;
        }
        else
        {
            parent.OutOfOrder = true;
        }

        return order != 0;
    }

    private int Text(scoped ref Utf8JsonReader reader, out int length, out bool escaped)
    {
        escaped = reader.ValueIsEscaped;
        if (!escaped)
        {
            length = reader.ValueSpan.Length;
            return (int)reader.TokenStartIndex + 1;
        }

        var start = _decodedEnd;
        length = reader.CopyString(_bytes.AsSpan(start));
        _decodedEnd += length;
        return start;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct OpenContainer
    {
        public int Index;
        public int LastMember;
        public bool OutOfOrder;
    }
}
